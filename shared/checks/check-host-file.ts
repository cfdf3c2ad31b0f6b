import { type HostValue, readHost } from '../../host/read-host.ts';
import { timeSpanMs } from '../../host/time-span.ts';
import { type CheckLine, failure, ok, warning } from '../basics/check-line.ts';
import type { Check } from './check.ts';

const again = 'Take host.json as it comes with the app, and publish it (npm run package).';
const say = (line: typeof failure, message: string, next = again) => line('host.json', message, next);

/** The settings of host.json that the app leans on; everything else in it is the operator's. */
export const checkHostFile: Check = (deps) => {
	const host = readHost(deps);
	if (!host) return [say(failure, 'It is missing or not JSON: no function starts.')];
	const lines = [...checkQueues(host), ...checkCooldown(host)];
	return lines.length > 0 ? lines : [ok('host.json', 'Queues, route and logs are as the app needs them.')];
};

const numbers = ['batchSize', 'newBatchThreshold', 'maxDequeueCount'] as const;
const times = ['visibilityTimeout', 'maxPollingInterval'] as const;
const usual = { batchSize: 1, newBatchThreshold: 3, maxDequeueCount: 5, visibilityTimeout: '00:00:30', maxPollingInterval: '00:00:02' };

function checkQueues(host: HostValue): CheckLine[] {
	const queue = (name: string) => host('extensions', 'queues', name);
	const number = (name: string, byDefault: number) => Number(queue(name) ?? byDefault);
	const unread = [
		...numbers.filter((name) => !/^[+-]?\d+$/.test(queue(name) ?? '0')).map((name) => ({ name, what: 'no whole number: the host' })),
		...times
			.filter((name) => timeSpanMs(queue(name) ?? '0') === undefined)
			.map((name) => ({ name, what: 'no time that the host reads: it' })),
	];
	if (unread.length > 0)
		return unread.map(({ name, what }) =>
			say(failure, `queues.${name} is ${what} does not start.`, `Set ${name} ${usual[name]} in host.json, and publish it.`),
		);
	const batchSize = number('batchSize', 16);
	const atOnce = batchSize + number('newBatchThreshold', batchSize / 2);
	const visibilityMs = timeSpanMs(queue('visibilityTimeout') ?? '00:00:00');
	const pollingMs = timeSpanMs(queue('maxPollingInterval') ?? '00:01:00');
	return [
		...((queue('messageEncoding') ?? 'base64').toLowerCase() !== 'base64'
			? [
					say(
						failure,
						'queues.messageEncoding is not base64: no bell can be read, and nothing is delivered.',
						'Set extensions.queues.messageEncoding to base64 in host.json, and publish it.',
					),
				]
			: []),
		...(!(atOnce <= 4)
			? [
					say(
						warning,
						'queues.batchSize and newBatchThreshold allow more than 4 deliveries at once: Graph refuses the fifth (429).',
						'Set batchSize 1 and newBatchThreshold 3 in host.json, and publish it.',
					),
				]
			: []),
		...(!visibilityMs
			? [
					say(
						warning,
						'queues.visibilityTimeout is 0: a bell that fails burns all its tries within a second.',
						'Set visibilityTimeout 00:00:30 in host.json, and publish it.',
					),
				]
			: []),
		...(!(number('maxDequeueCount', 5) >= 2)
			? [
					say(
						warning,
						'queues.maxDequeueCount is below 2: one stumble makes a bell poison.',
						'Set maxDequeueCount 5 in host.json, and publish it.',
					),
				]
			: []),
		...(pollingMs === undefined || pollingMs > 60_000
			? [
					say(
						warning,
						'queues.maxPollingInterval is over a minute: leads wait for it.',
						'Set maxPollingInterval 00:00:02 in host.json, and publish it.',
					),
				]
			: []),
	];
}

function checkCooldown(host: HostValue): CheckLine[] {
	const sampling = (name: string) => host('logging', 'applicationInsights', 'samplingSettings', name);
	const kept = (sampling('excludedTypes') ?? '').toLowerCase();
	const level = (host('logging', 'logLevel', 'Function') ?? host('logging', 'logLevel', 'default') ?? 'Information').toLowerCase();
	return [
		...(host('extensionBundle', 'id') ? [] : [say(failure, 'extensionBundle is missing: the queue is not listened to.')]),
		...(host('extensions', 'http', 'routePrefix') === undefined || host('extensions', 'http', 'routePrefix') === 'api'
			? []
			: [
					say(
						warning,
						'http.routePrefix is not api: the intake is not at /api/leads.',
						'Use the URL with that prefix in Partner Center, or set routePrefix to api.',
					),
				]),
		...((sampling('isEnabled') ?? 'true').toLowerCase() === 'true' && !kept.includes('trace')
			? [
					say(
						warning,
						'samplingSettings leave traces out: alerts live on them.',
						'Set samplingSettings.excludedTypes to Request;Trace;Exception in host.json, and publish it.',
					),
				]
			: []),
		...(['trace', 'debug', 'information'].includes(level)
			? []
			: [
					say(
						warning,
						'logLevel hides the lines of functions: alerts live on them.',
						'Set logging.logLevel.Function to Information in host.json, and publish it.',
					),
				]),
	];
}
