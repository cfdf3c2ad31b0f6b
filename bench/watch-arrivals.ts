import { setTimeout } from 'node:timers/promises';

/** How many mails and CRM records a sandbox has, as it tells it by itself. */
export interface Arrivals {
	now: () => { mails: number; leads: number };
	/** Resolves when the condition holds, with the moment at which it was known (`performance.now()`). Throws after the patience. */
	until: (holds: (state: { mails: number; leads: number }) => boolean, patienceMs?: number) => Promise<number>;
	stop: () => void;
}

/** Listens to a sandbox's events: told within 40 ms, and cheaper than to ask again and again. */
export async function watchArrivals(sandboxUrl: string): Promise<Arrivals> {
	const stopping = new AbortController();
	let state = { mails: 0, leads: 0 };
	let changedAt = performance.now();
	const response = await fetch(`${sandboxUrl}/events`, { signal: stopping.signal });
	const reading = (async () => {
		const decoder = new TextDecoder();
		let text = '';
		for await (const chunk of response.body ?? []) {
			text += decoder.decode(chunk, { stream: true });
			const events = text.split('\n\n');
			text = events.pop() ?? '';
			const data = /^data: ?(.*)$/m.exec(events.at(-1) ?? '')?.[1];
			if (!data) continue;
			state = JSON.parse(data) as typeof state;
			changedAt = performance.now();
		}
	})();
	reading.catch((error) => {
		if (!stopping.signal.aborted) throw error;
	});
	return {
		now: () => state,
		async until(holds, patienceMs = 120_000) {
			const giveUpAt = performance.now() + patienceMs;
			while (!holds(state)) {
				if (performance.now() > giveUpAt) throw new Error(`still ${state.mails} mails and ${state.leads} records after ${patienceMs} ms`);
				await setTimeout(5);
			}
			return changedAt;
		},
		stop: () => stopping.abort(),
	};
}
