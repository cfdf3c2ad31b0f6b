import type { HostSettings } from '../../host/host-settings.ts';
import type { App } from './app.ts';
import type { InvocationRequest, RpcLogCategory, RpcLogLevel } from './core-api.ts';
import { type InvocationEnd, invoke } from './invoke.ts';
import type { WorkerEnded, WorkerLog } from './worker-message.ts';

/** Runs a function; rejects when it failed, after that has been told. */
export type RunFunction = (functionName: string, request: InvocationRequest) => Promise<InvocationEnd>;

export interface RunnerOptions {
	host: HostSettings;
	tell: (message: WorkerLog | WorkerEnded) => void;
	clock: () => number;
	/** Called when an invocation takes longer than `functionTimeout`, with the host's words: the host then starts the worker again. */
	onTimeout: (message: string) => void;
}

const levels: RpcLogLevel[] = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'];

/** Runs functions, tells how they ended and what they logged, and knows which are running. */
export function createRunner(
	app: App,
	{ host, tell, clock, onTimeout }: RunnerOptions,
): { run: RunFunction; settled: () => Promise<unknown> } {
	const running = new Set<Promise<unknown>>();
	const log = (level: RpcLogLevel, category: RpcLogCategory, message: string, of: { functionName: string; invocationId: string }) => {
		const least = category === 'user' ? host.leastLogLevel(of.functionName) : 'warning';
		if (levels.indexOf(level) < levels.indexOf(least)) return;
		tell({ kind: 'log', level, function: of.functionName, invocationId: of.invocationId, message });
	};

	const run: RunFunction = async (functionName, request) => {
		const { invocationId } = request;
		const started = clock();
		const timeout =
			host.functionTimeoutMs !== undefined &&
			setTimeout(() => {
				onTimeout(
					`Timeout value of ${host.functionTimeoutMs} ms exceeded by function '${functionName}' (${invocationId}). The worker is restarted.`,
				);
			}, host.functionTimeoutMs);
		const end = (ok: boolean) => {
			if (timeout) clearTimeout(timeout);
			tell({ kind: 'ended', function: functionName, invocationId, ok, tookMs: clock() - started });
		};
		try {
			const result = await invoke(app, functionName, request, log);
			end(true);
			return result;
		} catch (error) {
			const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
			tell({
				kind: 'log',
				level: 'error',
				function: functionName,
				invocationId,
				message: `Executed '${functionName}' (Failed): ${message}`,
			});
			end(false);
			throw error;
		}
	};
	return {
		run: (functionName, request) => {
			const invocation = run(functionName, request);
			running.add(invocation);
			invocation.then(
				() => running.delete(invocation),
				() => running.delete(invocation),
			);
			return invocation;
		},
		settled: () => Promise.allSettled(running),
	};
}
