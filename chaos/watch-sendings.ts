import type { Exchange, Gate } from './start-proxy.ts';

/** Why what is sent may come twice, seen from outside: the journal is not asked, it could be wrong in its own favour. */
export interface SendingWatch {
	/** Watches what a worker sends through its gate. */
	through(worker: number, gate: Gate): Gate;
	/** The worker was killed. */
	killed(worker: number): void;
	/** A new one is ready in its place. */
	started(worker: number): void;
	/**
	 * Of what came of a lead beyond the first, how many are explained: the worker never heard that the one before was accepted, or was killed before it
	 * could write that down.
	 *
	 * @param arrived the lead ids of all that arrived
	 */
	explained(arrived: string[]): number;
}

interface Sending {
	worker: number;
	at: number;
	/** The worker heard that it was accepted: never when the answer was lost, or the connection reset or hung. */
	heard: boolean;
	/** The worker was killed meanwhile, or before it can have written that down. */
	killed: boolean;
}

/** From the request to the outcome in the journal it takes no longer than an attempt and the repeated write after it. */
const longestWayMs = 15_000;

/** What a killed worker had sent already may come after it, and a new one needs longer than this for its first mail. */
const lastWordsMs = 300;

/** Who has heard an answer keeps the connection for a while; who hangs up sooner than this had given up when it came. */
const hangUpMs = 1000;

/** What is sent, as the proxy sees it. */
interface Sent {
	/** Whose lead an exchange sends; undefined for exchanges that send none. */
	leadIdIn: (exchange: Exchange) => string | undefined;
	/** Whether a worker that has heard keeps the connection: otherwise it hangs up at once, and that tells nothing. */
	keepsConnection: boolean;
}

export const mails: Sent = {
	leadIdIn: ({ service, body }) => (service === 'graph' ? /"x-lead-id","value":"([0-9a-f-]{36})"/.exec(body)?.[1] : undefined),
	keepsConnection: true,
};

export const posts: Sent = {
	leadIdIn: ({ service, body }) => (service === 'webhook' ? /"leadId":"([0-9a-f-]{36})"/.exec(body)?.[1] : undefined),
	keepsConnection: false,
};

export function watchSendings({ leadIdIn, keepsConnection }: Sent, clock: () => number = Date.now): SendingWatch {
	const sendings = new Map<string, Sending[]>();
	/** Until when what a worker sends is the last words of the one that was killed. */
	const lastWordsUntil = new Map<number, number>();
	const open = new Map<Exchange, Sending>();
	return {
		through: (worker, gate) => ({
			before: (exchange) => {
				const leadId = leadIdIn(exchange);
				if (leadId) {
					const killed = clock() < (lastWordsUntil.get(worker) ?? 0);
					const sending = { worker, at: clock(), heard: false, killed };
					sendings.set(leadId, [...(sendings.get(leadId) ?? []), sending]);
					open.set(exchange, sending);
				}
				return gate.before(exchange);
			},
			after: (exchange, answer) => {
				const verdict = gate.after(exchange, answer);
				const sending = open.get(exchange);
				if (sending) {
					const answeredAt = clock();
					sending.heard = verdict === 'pass' && !exchange.isOver();
					exchange.onOver(() => {
						if (keepsConnection && clock() - answeredAt < hangUpMs) sending.heard = false;
					});
				}
				open.delete(exchange);
				return verdict;
			},
		}),
		killed: (worker) => {
			lastWordsUntil.set(worker, Number.POSITIVE_INFINITY);
			for (const sending of [...sendings.values()].flat())
				if (sending.worker === worker && clock() - sending.at < longestWayMs) sending.killed = true;
		},
		started: (worker) => {
			if (lastWordsUntil.has(worker)) lastWordsUntil.set(worker, clock() + lastWordsMs);
		},
		explained: (arrived) => {
			const counts = new Map<string, number>();
			for (const leadId of arrived) counts.set(leadId, (counts.get(leadId) ?? 0) + 1);
			let explained = 0;
			for (const [leadId, count] of counts)
				explained += Math.min(count - 1, (sendings.get(leadId) ?? []).filter(({ heard, killed }) => !heard || killed).length);
			return explained;
		},
	};
}

/** Several that watch the same worker, as one. */
export function together(...watches: SendingWatch[]): Omit<SendingWatch, 'explained'> {
	return {
		through: (worker, gate) => watches.reduce((inner, watch) => watch.through(worker, inner), gate),
		killed: (worker) => {
			for (const watch of watches) watch.killed(worker);
		},
		started: (worker) => {
			for (const watch of watches) watch.started(worker);
		},
	};
}
