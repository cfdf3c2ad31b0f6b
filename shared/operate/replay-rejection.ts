import { journalReceipt } from '../accept/journal-receipt.ts';
import { type Receipt, readReceipt } from '../accept/read-receipt.ts';
import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { Acceptance, Closing } from '../journal/entries.ts';
import type { Issue } from '../lead/read-lead.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { ringLead } from '../queues/ring-lead.ts';
import type { Settings } from '../settings/settings.ts';
import type { Actor } from './step-deliveries.ts';

/** What stays with a rejected payload that someone has dealt with. */
export const toClosing = (now: number, actor: Actor | undefined): Closing => ({
	closedAt: now,
	...(actor && { closedBy: actor.by }),
	...(actor?.note !== undefined && { closedNote: actor.note }),
});

/** Bytes that are kept of a rejected payload. */
const mostKept = 32 * 1024;

/** What a rejected payload is now: a lead, or rejected still. */
export type Rereading = { ok: true; acceptance: Acceptance; bell: string } | { ok: false; issues: Issue[] };

/**
 * Reads a rejected payload again, with the version of the app that runs now. When it is a lead, it is accepted under its own id and time, the rejection is
 * closed, and a bell rings. Undefined when there is no such payload. Safe to repeat.
 */
export async function replayRejection(
	id: string,
	{ journal, settings, bell, clock, deadline }: Pick<QueueDeps, 'journal' | 'bell' | 'clock' | 'deadline'> & { settings: Settings },
	actor?: Actor,
): Promise<Rereading | undefined> {
	const table = await journal();
	const rejection = await table.findRejection(id, deadline(storageTimeoutMs.step));
	if (!rejection) return undefined;
	const { receivedAt, status, payload = new Uint8Array(), contentType, contentEncoding } = rejection;
	const receipt: Receipt = {
		leadId: id,
		receivedAt,
		payload,
		...(contentType && { contentType }),
		...(contentEncoding && { contentEncoding }),
		// What is 32 KiB long was cut there; what is shorter is too long only when it is decoded.
		...(status === 413 && payload.length >= mostKept && { truncated: true }),
		...(status === 408 && { late: true }),
	};
	const reading = readReceipt(receipt);
	const taken = reading.ok && (await journalReceipt(receipt, reading, { journal: table, settings }, deadline(storageTimeoutMs.step)));
	if (!reading.ok || !taken || taken.status === 'rejected') return { ok: false, issues: reading.ok ? [] : reading.issues };
	await table.closeRejection(rejection, toClosing(clock(), actor), deadline(storageTimeoutMs.step));
	const { rings, ...acceptance } = taken;
	return { ok: true, acceptance, bell: rings ? await ringLead(taken.leadId, { bell, deadline }) : 'none' };
}
