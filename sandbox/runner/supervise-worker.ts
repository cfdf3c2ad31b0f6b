import { setTimeout } from 'node:timers/promises';
import { type Child, startChild } from '../children/start-child.ts';
import type { WorkerEnded, WorkerLog, WorkerMessage, WorkerReady } from './worker-message.ts';
import type { WorkerOptions } from './worker-options.ts';

export interface SupervisorOptions {
	worker: WorkerOptions;
	/** The app settings. */
	settings: Record<string, string | undefined>;
	/** At the first start and at each one after; with the new process id. */
	onReady?: (pid: number, ready: WorkerReady) => void;
	/** The worker has died, or could not be started again; it is started again after a moment. */
	onDeath?: (how: string) => void;
	onMessage?: (message: WorkerLog | WorkerEnded) => void;
	/** A line that the app wrote to standard output or error by itself. */
	onOutput?: (line: string) => void;
}

export interface SupervisedWorker {
	/** Of the first start; the port stays the same. */
	ready: WorkerReady;
	/** Changes when the worker is started again. */
	pid: () => number;
	/** Lets what runs come to its end for a grace, then kills. */
	stop: (graceMs?: number) => Promise<void>;
}

const firstDelayMs = 100;
const longestDelayMs = 2000;

/**
 * Runs an app in a worker process of its own, and starts it again on the same port whenever it dies, as the Functions host does. Rejects when the first start
 * fails; an app that cannot be loaded is not a failure: then there are no functions.
 */
export async function superviseWorker(options: SupervisorOptions): Promise<SupervisedWorker> {
	const { worker, settings, onReady, onDeath, onMessage, onOutput } = options;
	const stopping = new AbortController();
	let { port } = worker;
	const start = async (): Promise<Child<WorkerReady>> => {
		const child = await startChild<WorkerReady>('dist/sandbox/runner/worker.mjs', {
			options: { ...worker, port },
			environment: settings,
			onMessage: (message) => {
				const { kind } = message as WorkerMessage;
				if (kind === 'log' || kind === 'ended') onMessage?.(message as WorkerLog | WorkerEnded);
			},
			...(onOutput && { onOutput }),
		});
		port = child.ready.port;
		onReady?.(child.pid, child.ready);
		return child;
	};
	const startAnew = async (): Promise<void> => {
		for (let delayMs = firstDelayMs; !stopping.signal.aborted; delayMs = Math.min(longestDelayMs, delayMs * 2)) {
			await setTimeout(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined); // woken to stop
			if (stopping.signal.aborted) return;
			try {
				current = await start();
				return;
			} catch (error) {
				onDeath?.((error as Error).message);
			}
		}
	};
	const watch = async () => {
		while (!stopping.signal.aborted) {
			const how = await current.ended;
			if (stopping.signal.aborted) return;
			onDeath?.(how);
			await startAnew();
		}
	};

	let current = await start();
	const { ready } = current;
	const watching = watch();
	return {
		ready,
		pid: () => current.pid,
		stop: async (graceMs = 5000) => {
			stopping.abort();
			const first = current;
			await first.stop(graceMs);
			await watching;
			if (current !== first) await current.stop(graceMs); // it was being started just then
		},
	};
}
