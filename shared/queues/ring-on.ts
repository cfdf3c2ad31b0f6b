import { goTogether, type Member, whileOneWaits } from '../basics/go-together.ts';
import { sendMessage } from '../storage/messages.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import { mostLeadsOfBell, type RingBell, toBell } from './bell.ts';

type Bells = Pick<StorageQueue, 'send' | 'make'>;

/** A message that takes longer than this holds up no other: a connection that hangs would silence every bell for seconds. */
const patienceMs = 500;

/**
 * Rings on a queue. Leads that are rung while a message is in progress share the next one, in the order in which they came; a lead that is alone goes at once.
 * To each it is as if it had a message of its own: its ringing ends with its own signal, and otherwise as the message does. A bell with a delay names one lead.
 *
 * @param options.patienceMs how long a message may hold up the next
 */
export function ringOn(queue: Bells, options: { patienceMs?: number } = {}): RingBell {
	const ring = goTogether<string, void>({
		choose: (waiting) => ({ members: waiting.slice(0, mostLeadsOfBell), others: waiting.slice(mostLeadsOfBell) }),
		run: (members) => sendTogether(queue, members),
		patienceMs: options.patienceMs ?? patienceMs,
	});
	return async (leadId, { delayMs = 0, signal }) => {
		signal.throwIfAborted();
		return delayMs > 0 ? sendMessage(queue, toBell([leadId]), { delayMs, signal }) : ring(leadId, signal);
	};
}

/** One message for all of them, which goes on as long as one of them waits for it. Never rejects. */
async function sendTogether(queue: Bells, members: Member<string, void>[]): Promise<void> {
	const leadIds = [...new Set(members.map(({ item }) => item))];
	try {
		await sendMessage(queue, toBell(leadIds), { signal: whileOneWaits(members) });
		for (const { resolve } of members) resolve();
	} catch (error) {
		for (const { reject } of members) reject(error);
	}
}
