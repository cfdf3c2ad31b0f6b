import { join } from 'node:path';
import type { RpcLogLevel } from '../../sandbox/runner/core-api.ts';
import { type SupervisedWorker, superviseWorker } from '../../sandbox/runner/supervise-worker.ts';
import type { WorkerEnded, WorkerLog, WorkerReady } from '../../sandbox/runner/worker-message.ts';
import type { WorkerOptions } from '../../sandbox/runner/worker-options.ts';
import { tempFolder } from './temp-folder.ts';

export interface RunningApp extends SupervisedWorker {
	/** `http://127.0.0.1:…`, without a path. */
	origin: string;
	/** What the app and the host have logged so far. */
	lines: WorkerLog[];
	/** Those of a level. */
	linesAt: (level: RpcLogLevel) => string[];
	ended: WorkerEnded[];
	/** What was written to standard output and error. */
	output: string[];
	/** How workers died. */
	deaths: string[];
	/** Process ids, the newest last. */
	pids: number[];
	keyOf: (functionName: string) => string;
}

/** Runs an app of `tests/fixtures/apps` in a worker; needs a build. Keys and timers are kept in `data`, or in a temporary folder that goes with it. */
export async function runApp(
	name: string,
	settings: Record<string, string> = {},
	options: Partial<Pick<WorkerOptions, 'data' | 'leaseSeconds' | 'unansweredMs'>> = {},
): Promise<RunningApp> {
	const folder = tempFolder();
	const seen = {
		lines: [] as WorkerLog[],
		ended: [] as WorkerEnded[],
		output: [] as string[],
		deaths: [] as string[],
		pids: [] as number[],
	};
	let ready: WorkerReady | undefined;
	const worker = await superviseWorker({
		worker: { app: join('tests/fixtures/apps', name), data: folder.path, port: 0, leaseSeconds: 60, ...options },
		settings,
		onReady: (pid, is) => {
			ready = is;
			seen.pids.push(pid);
		},
		onMessage: (message) => (message.kind === 'log' ? seen.lines.push(message) : seen.ended.push(message)),
		onOutput: (line) => seen.output.push(line),
		onDeath: (how) => seen.deaths.push(how),
	}).catch((error) => {
		folder.remove();
		throw error;
	});
	return {
		...worker,
		...seen,
		origin: `http://127.0.0.1:${worker.ready.port}`,
		linesAt: (level) => seen.lines.filter((line) => line.level === level).map(({ message }) => message),
		keyOf: (functionName) => ready?.functions.find(({ name }) => name === functionName)?.key ?? '',
		stop: (graceMs) => worker.stop(graceMs).finally(folder.remove),
	};
}
