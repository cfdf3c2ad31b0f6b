import { sendMessage } from '../storage/messages.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import { mostLeadsOfBell, type RingBell, toBell } from './bell.ts';

type Bells = Pick<StorageQueue, 'send' | 'make'>;

/** A lead that waits for the message that names it. */
interface Waiting {
	leadId: string;
	signal: AbortSignal;
	resolve: () => void;
	reject: (error: unknown) => void;
	/** Its time was over: it waits for nothing any more. */
	left: boolean;
	/** Told when it leaves. */
	onLeave?: () => void;
}

/** A message that takes longer than this holds up no other: a connection that hangs would silence every bell for seconds. */
const patienceMs = 500;

/**
 * Rings on a queue. Leads that are rung while a message is in progress share the next one, in the order in which they came; a lead that is alone goes at once.
 * To each it is as if it had a message of its own: its ringing ends with its own signal, and otherwise as the message does. A bell with a delay names one lead.
 *
 * @param options.patienceMs how long a message may hold up the next
 */
export function ringOn(queue: Bells, options: { patienceMs?: number } = {}): RingBell {
	const longestMs = options.patienceMs ?? patienceMs;
	let waiting: Waiting[] = [];
	let isBusy = false;

	async function sendAll(): Promise<void> {
		while (waiting.length > 0) {
			const members = waiting.slice(0, mostLeadsOfBell);
			waiting = waiting.slice(mostLeadsOfBell);
			await endOrTime(sendTogether(queue, members), longestMs);
		}
		isBusy = false;
	}

	async function ring(leadId: string, signal: AbortSignal): Promise<void> {
		let leave: (() => void) | undefined;
		try {
			await new Promise<void>((resolve, reject) => {
				const member: Waiting = { leadId, signal, resolve, reject, left: false };
				leave = () => {
					member.left = true;
					waiting = waiting.filter((other) => other !== member);
					reject(signal.reason);
					member.onLeave?.();
				};
				signal.addEventListener('abort', leave);
				waiting.push(member);
				if (isBusy) return;
				isBusy = true;
				// Leads whose transactions went as one ring at the same moment, one after the other.
				setImmediate(() => void sendAll());
			});
		} finally {
			if (leave) signal.removeEventListener('abort', leave);
		}
	}

	return async (leadId, { delayMs = 0, signal }) => {
		signal.throwIfAborted();
		return delayMs > 0 ? sendMessage(queue, toBell([leadId]), { delayMs, signal }) : ring(leadId, signal);
	};
}

/** One message for all of them, which goes on as long as one of them waits for it. Never rejects. */
async function sendTogether(queue: Bells, members: Waiting[]): Promise<void> {
	const noOneWaits = new AbortController();
	const onLeave = () => members.every(({ left }) => left) && noOneWaits.abort(members[0]?.signal.reason);
	for (const member of members) member.onLeave = onLeave;
	const leadIds = [...new Set(members.map(({ leadId }) => leadId))];
	try {
		await sendMessage(queue, toBell(leadIds), { signal: noOneWaits.signal });
		for (const { resolve } of members) resolve();
	} catch (error) {
		for (const { reject } of members) reject(error);
	}
}

async function endOrTime(sending: Promise<void>, ms: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const time = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	await Promise.race([sending, time]);
	clearTimeout(timer);
}
