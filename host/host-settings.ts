import type { HostFile } from './read-host-file.ts';
import { timeSpanMs } from './time-span.ts';

/** `extensions.queues` of host.json, with the host's own defaults. */
export interface QueueSettings {
	batchSize: number;
	newBatchThreshold: number;
	maxDequeueCount: number;
	/** How long a message that failed stays hidden; whole seconds, as storage takes them. */
	visibilityTimeoutS: number;
	maxPollingIntervalMs: number;
	messageEncoding: 'base64' | 'none';
}

const logLevels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;
type LogLevel = (typeof logLevels)[number];

/** What of host.json the app and its runner go by. */
export interface HostSettings {
	/** Before every route: `api`; may be empty. */
	routePrefix: string;
	/** After this an invocation has failed and the worker is started again; undefined: never. */
	functionTimeoutMs: number | undefined;
	queues: QueueSettings;
	/** What `context.log` has to say at least to be heard, for a function. */
	leastLogLevel: (functionName: string) => LogLevel;
}

/** A value with which the host does not start. */
export interface HostProblem {
	/** `functionTimeout`, `queues.batchSize`. */
	name: string;
	/** Completes "is not …". */
	allowed: string;
}

interface Entry<T> extends HostProblem {
	/** Undefined when it is not there. */
	text: string | undefined;
	byDefault: T;
	read: (text: string) => T | undefined;
}

/**
 * The settings of a host.json, and what is wrong with it; what is wrong has the host's default. Found by asking the options of the host's extension
 * (Storage.Queues 5.3.10), which refuse what is out of bounds, and take ` +4 ` for 4 and `NONE` for none; the time limit as ScriptJobHostOptionsSetup has it.
 * https://learn.microsoft.com/azure/azure-functions/functions-host-json
 */
export function toHostSettings({ value, names }: HostFile): { settings: HostSettings; problems: HostProblem[] } {
	const problems: HostProblem[] = [];
	/** A text that is there is read; what then is not read is a problem. */
	const readOr = <T>({ name, text, byDefault, allowed, read }: Entry<T>): T => {
		const found = text === undefined ? byDefault : read(text);
		if (found === undefined && text !== undefined) problems.push({ name, allowed });
		return found ?? byDefault;
	};
	const queue = <T>(name: string, byDefault: T, allowed: string, read: (text: string) => T | undefined) =>
		readOr({ name: `queues.${name}`, text: value('extensions', 'queues', name), byDefault, allowed, read });

	const batchSize = queue('batchSize', 16, 'a whole number from 1 to 32', integerIn(1, 32));
	const queues: QueueSettings = {
		batchSize,
		// The host's default is this for each processor.
		newBatchThreshold: queue('newBatchThreshold', Math.floor(batchSize / 2), 'a whole number from 0', integerIn(0)),
		maxDequeueCount: queue('maxDequeueCount', 5, 'a whole number from 1', integerIn(1)),
		visibilityTimeoutS: Math.trunc(queue('visibilityTimeout', 0, 'a time (hh:mm:ss)', timeSpanMs) / 1000),
		maxPollingIntervalMs: queue('maxPollingInterval', 60_000, 'a time (hh:mm:ss) from a tenth of a second', timeFrom(100)),
		messageEncoding: queue('messageEncoding', 'base64', 'base64 or none', encodingOf),
	};
	const limitMs = readOr({
		name: 'functionTimeout',
		text: value('functionTimeout') || undefined,
		byDefault: usualLimitMs,
		allowed: 'a time (hh:mm:ss) from a second, or -1',
		read: limitOf,
	});
	const levels = names('logging', 'logLevel').map((name) => ({
		of: name.toLowerCase(),
		level: readOr<LogLevel | ''>({
			name: `logLevel.${name}`,
			text: value('logging', 'logLevel', name),
			byDefault: '',
			allowed: logLevels.join(', '),
			read: levelOf,
		}),
	}));
	const settings: HostSettings = {
		routePrefix: value('extensions', 'http', 'routePrefix') ?? 'api',
		functionTimeoutMs: limitMs === Number.POSITIVE_INFINITY ? undefined : limitMs,
		queues,
		leastLogLevel: (functionName) => leastLevel(levels, `Function.${functionName}.User`),
	};
	return { settings, problems };
}

const usualLimitMs = 30 * 60_000;

function integerIn(least: number, most = 2 ** 31 - 1): (text: string) => number | undefined {
	return (text) => {
		const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
		return number >= least && number <= most ? number : undefined;
	};
}

function timeFrom(leastMs: number): (text: string) => number | undefined {
	return (text) => {
		const ms = timeSpanMs(text);
		return ms !== undefined && ms >= leastMs ? ms : undefined;
	};
}

/** `-1` is a day before nothing to .NET, and no limit to the host. */
const limitOf = (text: string) => (timeSpanMs(text) === -86_400_000 ? Number.POSITIVE_INFINITY : timeFrom(1000)(text));

/** By name in any case, or by its number. */
function enumOf<T extends string>(words: readonly T[]): (text: string) => T | undefined {
	return (text) => words.find((word, index) => word === text.toLowerCase() || String(index) === text);
}

const encodingOf = enumOf(['none', 'base64']);
/** An empty text is as if it were not there. */
const levelOf = (text: string): LogLevel | '' | undefined => (text === '' ? '' : enumOf(logLevels)(text));

/** .NET takes the rule with the longest name that the category begins with (one `*` in it stands for anything), finally `default`. */
function leastLevel(levels: { of: string; level: LogLevel | '' }[], category: string): LogLevel {
	const set = levels.filter(({ level }) => level !== '');
	const fits = ([start = '', end = '']: string[]) => category.toLowerCase().startsWith(start) && category.toLowerCase().endsWith(end);
	const [nearest] = set.filter(({ of }) => fits(of.split('*'))).sort((one, other) => other.of.length - one.of.length);
	return nearest?.level || set.find(({ of }) => of === 'default')?.level || 'information';
}
