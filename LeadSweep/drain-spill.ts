import { journalReceipt } from '../shared/accept/journal-receipt.ts';
import { readReceipt } from '../shared/accept/read-receipt.ts';
import { fromSpillMessage, spillQueue } from '../shared/accept/spill.ts';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { drainQueue } from '../shared/storage/messages.ts';
import { ringUntilOneFails } from './ring-until-one-fails.ts';
import { mostPerRun, type SweepDeps } from './sweep-deps.ts';

/** Brings what was accepted while the journal could not be written into the journal. How many. */
export async function drainSpill(deps: SweepDeps): Promise<number> {
	const { settings, clock, deadline, journal, queue, log, over } = deps;
	const table = await journal();
	const ring = ringUntilOneFails(deps);
	const take = async (text: string) => {
		const now = clock();
		// A message that is none of ours is kept as rejected: it may be a lead that someone put there by hand.
		const receipt = fromSpillMessage(text, now) ?? {
			leadId: newLeadId(now),
			receivedAt: now,
			payload: Buffer.from(text, 'utf8').subarray(0, 32_768),
		};
		const reading = readReceipt(receipt);
		const taken = await journalReceipt(receipt, reading, { journal: table, settings }, deadline(storageTimeoutMs.step));
		if (taken.status === 'rejected') {
			log({
				event: 'spill.drained',
				id: receipt.leadId,
				leadId: receipt.leadId,
				status: taken.kept ? 'rejected' : 'counted',
				bell: 'none',
			});
			return;
		}
		const bell = taken.rings ? await ring(taken.leadId) : 'none';
		// A duplicate is the first lead; its sender was told the receipt's id.
		log({ event: 'spill.drained', id: receipt.leadId, leadId: taken.leadId, status: taken.status, bell });
	};
	return drainQueue(await queue(spillQueue), take, {
		most: mostPerRun,
		visibilityS: 60,
		deadline: () => deadline(storageTimeoutMs.step),
		over,
	});
}
