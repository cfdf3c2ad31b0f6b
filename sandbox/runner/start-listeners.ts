import { setTimeout } from 'node:timers/promises';
import type { HostSettings } from '../../host/host-settings.ts';
import type { RunFunction } from './create-runner.ts';
import { newInvocationId } from './invoke.ts';
import { listenToQueue, type QueueListener } from './queue-listener.ts';
import { queueMetadata } from './queue-metadata.ts';
import type { Functions } from './read-functions.ts';
import { listenToTimer } from './timer-listener.ts';
import { timerStatusFile } from './timer-status-file.ts';
import { openTriggerQueue } from './trigger-queue.ts';

export interface ListenersOptions {
	host: HostSettings;
	settings: Record<string, string | undefined>;
	/** Where the state of timers is kept. */
	data: string;
	leaseMs: number;
	run: RunFunction;
	warn: (message: string) => void;
	/** What the host does not survive. */
	end: (message: string) => void;
}

export interface Listeners {
	/** Looks into every queue at once. */
	poll: () => void;
	/** Triggers nothing more; resolves when what was triggered has ended. */
	stop: () => Promise<unknown>;
}

/** Starts what triggers functions besides HTTP: queues and time. */
export async function startListeners({ queue, timer }: Functions, options: ListenersOptions): Promise<Listeners> {
	const { host, settings, data, leaseMs, run, warn, end } = options;
	const stopping = new AbortController();
	const timers = timer.map((timer) =>
		listenToTimer(
			{
				timer,
				status: timerStatusFile(data, timer.name),
				clock: Date.now,
				sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined), // woken to stop
				run: (json) =>
					run(timer.name, {
						invocationId: newInvocationId(),
						inputData: [{ name: timer.bindingName, data: { json } }],
						triggerMetadata: {},
					}),
			},
			stopping.signal,
		).catch((error) => warn(`The timer of '${timer.name}' has stopped: ${error}`)),
	);
	const queues: QueueListener[] = [];
	for (const { name, bindingName, queueName, connection } of queue)
		try {
			queues.push(
				listenToQueue({
					...(await openTriggerQueue(queueName, connection, settings)),
					settings: host.queues,
					leaseMs,
					warn,
					end: (_status, message) => end(message),
					run: (body, message) =>
						run(name, {
							invocationId: newInvocationId(),
							inputData: [{ name: bindingName, data: { string: body } }],
							triggerMetadata: queueMetadata(name, body, message),
						}),
				}),
			);
		} catch (error) {
			warn(`The listener for function '${name}' was unable to start: ${(error as Error).message}`);
		}
	return {
		poll: () => {
			for (const { poll } of queues) poll();
		},
		stop: () => {
			stopping.abort();
			return Promise.all([...timers, ...queues.map(({ stop }) => stop())]);
		},
	};
}
