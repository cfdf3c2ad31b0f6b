import { journalReceipt } from '../shared/accept/journal-receipt.ts';
import { type Receipt, readReceipt } from '../shared/accept/read-receipt.ts';
import type { Spill } from '../shared/accept/spill.ts';
import { codeOf } from '../shared/basics/failures.ts';
import type { Log } from '../shared/basics/log.ts';
import { within } from '../shared/basics/time.ts';
import type { RefusedStatus } from '../shared/journal/entries.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Issue } from '../shared/lead/read-lead.ts';
import type { RingBell } from '../shared/queues/bell.ts';
import type { Settings } from '../shared/settings/settings.ts';

/** What the intake depends on: storage alone. */
export interface IntakeDeps {
	settings: Settings;
	/** Rejects when storage is not set up. */
	journal: () => Promise<Pick<Journal, 'accept' | 'reject'>>;
	spill: () => Promise<Spill>;
	bell: () => Promise<RingBell>;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
	log: Log;
}

/** What the sender is told. */
export type Answer =
	| { kind: 'taken'; leadId: string; status: 'accepted' | 'duplicate'; receivedAt: number }
	| { kind: 'rejected'; status: RefusedStatus; issues: Issue[]; kept: boolean }
	| { kind: 'unavailable' };

/** The intake's own deadlines in milliseconds: no one knows how long the marketplace waits. */
const deadlines = { journal: 3000, spill: 3000, bell: 500 };

/** A bell that the answer does not wait for goes on: on a cold instance half a second is soon over, and the sweep is up to 5 minutes away. */
const lateBellMs = 10_000;

/** The journal ends with its signal, and may still know what it has done by then; only one that does not end is left behind. */
const graceMs = 250;

/** Makes a receipt durable: in the journal, or in the spill while the journal cannot be written; then rings. Answers only after that. */
export async function takeReceipt(receipt: Receipt, deps: IntakeDeps): Promise<Answer> {
	const { leadId, receivedAt } = receipt;
	const failed: string[] = [];
	let rejectedAs: (Answer & { kind: 'rejected' }) | undefined;
	try {
		const reading = readReceipt(receipt);
		if (!reading.ok) {
			const { status, issues } = reading;
			rejectedAs = { kind: 'rejected', status, issues, kept: true };
			deps.log({ event: 'lead.rejected', level: 'warn', id: leadId, status, issues: issues.length });
		}
		if (reading.guessedCharset) deps.log({ event: 'charset.guessed', level: 'warn', id: leadId, charset: reading.guessedCharset });
		const signal = deps.deadline(deadlines.journal);
		const taken = await within(deps.deadline(deadlines.journal + graceMs), async () =>
			journalReceipt(
				{ ...receipt, ...(rejectedAs && { refused: true }) },
				reading,
				{ journal: await deps.journal(), settings: deps.settings },
				signal,
			),
		);
		if (taken.status === 'rejected') return rejectedAs ? { ...rejectedAs, kept: taken.kept } : { kind: 'unavailable' };
		const bell = taken.rings ? await ring(taken.leadId, deps) : 'none';
		deps.log({ event: taken.status === 'accepted' ? 'lead.accepted' : 'lead.duplicate', leadId: taken.leadId, bell });
		return { kind: 'taken', leadId: taken.leadId, status: taken.status, receivedAt: taken.receivedAt };
	} catch (error) {
		failed.push(`journal: ${codeOf(error)}`);
	}
	try {
		const signal = deps.deadline(deadlines.spill);
		await within(signal, async () => (await deps.spill())({ ...receipt, ...(rejectedAs && { refused: true }) }, signal));
		if (!rejectedAs) deps.log({ event: 'lead.accepted', level: 'warn', leadId, spilled: true, failed });
		return rejectedAs ?? { kind: 'taken', leadId, status: 'accepted', receivedAt };
	} catch (error) {
		failed.push(`spill: ${codeOf(error)}`);
	}
	deps.log({ event: 'lead.unaccepted', level: 'error', id: leadId, failed });
	return { kind: 'unavailable' };
}

/** A lead is safe without its bell: the sweep rings what is overdue. */
async function ring(leadId: string, { bell, deadline }: IntakeDeps): Promise<string> {
	try {
		const signal = deadline(lateBellMs);
		await within(deadline(deadlines.bell), async () => (await bell())(leadId, { signal }));
		return 'rung';
	} catch (error) {
		return codeOf(error);
	}
}
