import type { Exchange, Gate } from './start-proxy.ts';

/** Why a mail may come twice, seen from outside: the journal is not asked, it could be wrong in its own favour. */
export interface MailWatch {
	/** Watches what a worker sends through its gate. */
	through(worker: number, gate: Gate): Gate;
	/** The worker was killed. */
	killed(worker: number): void;
	/** A new one is ready in its place. */
	started(worker: number): void;
	/**
	 * Of the mails of a lead beyond the first, how many are explained: the worker never heard that the one before was accepted, or was killed before it
	 * could write that down.
	 *
	 * @param mailed the lead ids of all mails that arrived
	 */
	explained(mailed: string[]): number;
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

const leadIdIn = ({ body }: Exchange) => /"x-lead-id","value":"([0-9a-f-]{36})"/.exec(body)?.[1];

export function watchMails(clock: () => number = Date.now): MailWatch {
	const sendings = new Map<string, Sending[]>();
	/** Until when what a worker sends is the last words of the one that was killed. */
	const lastWordsUntil = new Map<number, number>();
	const open = new Map<Exchange, Sending>();
	return {
		through: (worker, gate) => ({
			before: (exchange) => {
				const leadId = exchange.service === 'graph' ? leadIdIn(exchange) : undefined;
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
						if (clock() - answeredAt < hangUpMs) sending.heard = false;
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
		explained: (mailed) => {
			const arrived = new Map<string, number>();
			for (const leadId of mailed) arrived.set(leadId, (arrived.get(leadId) ?? 0) + 1);
			let explained = 0;
			for (const [leadId, mails] of arrived)
				explained += Math.min(mails - 1, (sendings.get(leadId) ?? []).filter(({ heard, killed }) => !heard || killed).length);
			return explained;
		},
	};
}
