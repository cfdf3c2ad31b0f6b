import type { WorkerEnded } from '../runner/worker-message.ts';

export interface FunctionRuns {
	/** Runs a function now, as an administrator may, and waits for its end. Rejects when it failed or its worker died. */
	run: (name: string, input?: string) => Promise<void>;
	/** To be told of every invocation that has ended. */
	onEnded: (ended: WorkerEnded) => void;
	/** To be told when the worker has died. */
	onDeath: (how: string) => void;
}

/** Ends are remembered for so many invocations: one may have ended before its id is known. */
const mostRemembered = 1000;

/** Runs functions by the worker's admin endpoint. */
export function createFunctionRuns(where: () => { origin: string; masterKey: string }): FunctionRuns {
	const ends = new Map<string, boolean>();
	const waiting = new Map<string, { name: string; resolve: () => void; reject: (error: Error) => void }>();
	const settle = (invocationId: string) => {
		const ok = ends.get(invocationId);
		const waiter = waiting.get(invocationId);
		if (ok === undefined || !waiter) return;
		waiting.delete(invocationId);
		if (ok) waiter.resolve();
		else waiter.reject(new Error(`${waiter.name} failed`));
	};
	return {
		run: async (name, input = '') => {
			const { origin, masterKey } = where();
			const headers = { 'x-functions-key': masterKey, 'content-type': 'application/json' };
			const response = await fetch(`${origin}/admin/functions/${name}`, { method: 'POST', headers, body: JSON.stringify({ input }) });
			const invocationId = response.headers.get('x-ms-invocation-id');
			if (response.status !== 202 || !invocationId) throw new Error(`${name} cannot be run: ${response.status}`);
			await new Promise<void>((resolve, reject) => {
				waiting.set(invocationId, { name, resolve, reject });
				settle(invocationId);
			});
		},
		onEnded: ({ invocationId, ok }) => {
			ends.set(invocationId, ok);
			for (const oldest of ends.keys()) {
				if (ends.size <= mostRemembered) break;
				ends.delete(oldest);
			}
			settle(invocationId);
		},
		onDeath: (how) => {
			for (const { name, reject } of waiting.values()) reject(new Error(`the worker died while ${name} ran: ${how}`));
			waiting.clear();
		},
	};
}
