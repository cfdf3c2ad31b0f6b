import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHostFile } from './parse-host-file.ts';
import { timeSpanMs } from './time-span.ts';

/** `extensions.queues` of host.json, with the host's own defaults. */
export interface QueueSettings {
	batchSize: number;
	newBatchThreshold: number;
	maxDequeueCount: number;
	/** How long a message that failed stays hidden; seconds. */
	visibilityTimeoutS: number;
	maxPollingIntervalMs: number;
	messageEncoding: 'base64' | 'none';
}

type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** What of host.json this runner follows. */
export interface HostSettings {
	/** Before every route: `api`; may be empty. */
	routePrefix: string;
	/** After this an invocation has failed and the worker is started anew; undefined: never. */
	functionTimeoutMs: number | undefined;
	queues: QueueSettings;
	/** What `context.log` has to say at least to be heard, for a function. */
	leastLogLevel: (functionName: string) => LogLevel;
}

interface HostJson {
	functionTimeout?: string;
	logging?: { logLevel?: Record<string, string> };
	extensions?: {
		http?: { routePrefix?: string };
		queues?: Partial<Record<'batchSize' | 'newBatchThreshold' | 'maxDequeueCount', number>> &
			Partial<Record<'visibilityTimeout' | 'maxPollingInterval' | 'messageEncoding', string>>;
	};
}

/** Reads a folder's host.json (https://learn.microsoft.com/azure/azure-functions/functions-host-json). Throws on a time that is none. */
export function readHostSettings(folder: string): HostSettings {
	return toHostSettings(parseHostFile(readFileSync(join(folder, 'host.json'), 'utf8')) as HostJson);
}

export function toHostSettings({ functionTimeout = '00:30:00', logging, extensions: { http, queues = {} } = {} }: HostJson): HostSettings {
	const batchSize = queues.batchSize ?? 16;
	return {
		routePrefix: http?.routePrefix ?? 'api',
		functionTimeoutMs: functionTimeout === '-1' ? undefined : ms('functionTimeout', functionTimeout),
		queues: {
			batchSize,
			newBatchThreshold: queues.newBatchThreshold ?? Math.floor(batchSize / 2),
			maxDequeueCount: queues.maxDequeueCount ?? 5,
			visibilityTimeoutS: Math.round(ms('visibilityTimeout', queues.visibilityTimeout ?? '00:00:00') / 1000),
			maxPollingIntervalMs: ms('maxPollingInterval', queues.maxPollingInterval ?? '00:01:00'),
			messageEncoding: queues.messageEncoding?.toLowerCase() === 'none' ? 'none' : 'base64',
		},
		leastLogLevel: (name) => {
			const levels = logging?.logLevel ?? {};
			const level = levels[`Function.${name}.User`] ?? levels[`Function.${name}`] ?? levels.Function ?? levels.default ?? 'Information';
			return level.toLowerCase() as LogLevel;
		},
	};
}

function ms(name: string, text: string): number {
	const value = timeSpanMs(text);
	if (value === undefined) throw new Error(`host.json: ${name} is "${text}", which is no hh:mm:ss`);
	return value;
}
