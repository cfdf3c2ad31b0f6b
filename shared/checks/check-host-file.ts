import { type HostProblem, type HostSettings, type QueueSettings, toHostSettings } from '../../host/host-settings.ts';
import { type HostFile, readHostFile } from '../../host/read-host-file.ts';
import { type CheckLine, failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import type { Check } from './check.ts';

const again = 'Use the host.json that comes with the app, and publish it (npm run package).';
const say = (line: typeof failure, message: string, next = again) => line('host.json', message, next);

/** The settings of host.json that the app leans on; everything else in it is the operator's. */
export const checkHostFile: Check = ({ hostFile, environment }) => {
	const file = readHostFile(hostFile, environment);
	if (!file) return [say(failure, 'It is missing or not JSON: no function starts.')];
	const { settings, problems } = toHostSettings(file);
	if (problems.length > 0) return problems.map(toLine);
	const lines = [...doubtQueues(settings.queues), ...doubtTheOthers(settings, file)].map(([line, message, next]) =>
		say(line, message, next),
	);
	return lines.length > 0 ? lines : [ok('host.json', 'Queues, route and logs are as the app needs them.')];
};

/** As the host.json that comes with the app has them. */
const usual: Record<string, string> = {
	functionTimeout: '00:05:00',
	'queues.batchSize': '1',
	'queues.newBatchThreshold': '3',
	'queues.maxDequeueCount': '5',
	'queues.visibilityTimeout': '00:00:30',
	'queues.maxPollingInterval': '00:00:02',
	'queues.messageEncoding': 'base64',
};

const toLine = ({ name, allowed }: HostProblem): CheckLine =>
	say(
		failure,
		`${name} is not ${allowed}: the host does not start.`,
		`Set ${name} to ${usual[name] ?? 'Information'} in host.json, and publish it.`,
	);

/** How bad it is, what is wrong, and what to do when it is not to take host.json as it comes. */
type Doubt = [line: typeof failure, message: string, next?: string];

const week = 7 * 86_400;

function doubtQueues(queues: QueueSettings): Doubt[] {
	const { batchSize, newBatchThreshold, maxDequeueCount, visibilityTimeoutS, maxPollingIntervalMs, messageEncoding } = queues;
	const set = (what: string) => `Set ${what} in host.json, and publish it.`;
	const doubts: (Doubt | false)[] = [
		messageEncoding !== 'base64' && [
			failure,
			'queues.messageEncoding is not base64: no bell can be read, and nothing is delivered.',
			set('extensions.queues.messageEncoding to base64'),
		],
		batchSize + newBatchThreshold > 4 && [
			warning,
			'queues.batchSize and newBatchThreshold allow more than 4 bells at once: each may name 16 leads, which wait in one worker while others are idle.',
			set('batchSize 1 and newBatchThreshold 3'),
		],
		visibilityTimeoutS === 0 && [
			warning,
			'queues.visibilityTimeout is 0: a failed bell uses up all its attempts within a second.',
			set('visibilityTimeout 00:00:30'),
		],
		(visibilityTimeoutS < 0 || visibilityTimeoutS > week) && [
			warning,
			'queues.visibilityTimeout is not from 0 to 7 days: storage refuses it, and a bell that fails is hidden for minutes.',
			set('visibilityTimeout 00:00:30'),
		],
		maxDequeueCount < 2 && [
			warning,
			'queues.maxDequeueCount is below 2: after one failure a bell counts as poison.',
			set('maxDequeueCount 5'),
		],
		maxPollingIntervalMs > 60_000 && [
			warning,
			'queues.maxPollingInterval is over a minute: leads wait for it.',
			set('maxPollingInterval 00:00:02'),
		],
	];
	return doubts.filter((doubt) => doubt !== false);
}

function doubtTheOthers({ routePrefix, leastLogLevel }: HostSettings, file: HostFile): Doubt[] {
	const sampling = (name: string) => file.value('logging', 'applicationInsights', 'samplingSettings', name)?.toLowerCase();
	const isHeard = (functionName: string) => ['trace', 'debug', 'information'].includes(leastLogLevel(functionName));
	const doubts: (Doubt | false)[] = [
		!file.value('extensionBundle', 'id') && [failure, 'extensionBundle is missing: the host does not listen to the queue.'],
		routePrefix !== '' && [
			warning,
			'http.routePrefix is not empty: the intake is not at /api/leads, and the board not at /board.',
			'Set http.routePrefix to "" in host.json, and remove the app setting that overrides it.',
		],
		(sampling('isEnabled') ?? 'true') === 'true' &&
			!sampling('excludedTypes')?.includes('trace') && [
				warning,
				'samplingSettings may drop traces: alerts depend on them.',
				'Set samplingSettings.excludedTypes to Request;Trace;Exception in host.json, and publish it.',
			],
		!['LeadIntake', 'LeadDelivery', 'LeadSweep'].every(isHeard) && [
			warning,
			'logLevel hides the lines of functions: alerts depend on them.',
			'Set logging.logLevel.Function to Information in host.json, and publish it.',
		],
	];
	return doubts.filter((doubt) => doubt !== false);
}

/** Before and after an attempt a delivery reads and writes the journal. */
const marginMs = 60_000;

/** Whether an attempt fits into what the host gives an invocation: one that is cut off ends without an outcome, and a mail may come twice. */
export const checkTimeLimits: Check = ({ settings, hostFile, environment }) => {
	const file = readHostFile(hostFile, environment);
	const host = file && toHostSettings(file);
	if (!host || host.problems.some(({ name }) => name === 'functionTimeout')) return []; // said by the check of host.json
	const limitMs = host.settings.functionTimeoutMs ?? Number.POSITIVE_INFINITY;
	if (settings.attemptTimeoutMs + marginMs <= limitMs) return [ok('time limits', 'An attempt ends before the host ends its function.')];
	return [
		warning(
			'time limits',
			'DELIVERY_ATTEMPT_TIMEOUT is too close to functionTimeout of host.json: attempts may be cut off, and mails may come twice.',
			`${howToSet('DELIVERY_ATTEMPT_TIMEOUT', environment).replace('=…', '=PT60S')} Or set functionTimeout to 00:05:00.`,
		),
	];
};
