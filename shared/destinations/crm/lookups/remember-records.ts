import { remember } from '../../../basics/remember.ts';
import { type Clock, within } from '../../../basics/time.ts';
import type { FindRecord, FoundRecord, RecordQuestion } from './find-record.ts';

/** For how long an answer is good. */
const [foundForMs, missingForMs] = [10 * 60_000, 60_000];
/** A lead waits no longer for one. */
const timeoutMs = 3000;
/** Values come from leads: anyone can make new ones. */
const most = 500;

interface RememberRecordsDeps {
	find: FindRecord;
	clock: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
}

/** Remembers which records were found, and for a shorter time which were not. */
export function rememberRecords({ find, clock, deadline }: RememberRecordsDeps): FindRecord {
	const ask = async (question: RecordQuestion): Promise<FoundRecord> => {
		const signal = deadline(timeoutMs);
		try {
			return await within(signal, () => find(question, signal));
		} catch {
			return { missing: 'unanswered' }; // The request that creates the record will say why.
		}
	};
	const known = remember(ask, {
		keyOf: ({ set, by, and, value }) => JSON.stringify([set, by, and, value.toLowerCase()]),
		lasts: { clock, ms: (found) => ('id' in found ? foundForMs : missingForMs) },
		most,
	});
	return async (question, signal) => {
		const found = known(question);
		return within(signal, () => found).catch(() => ({ missing: 'unanswered' }) as const); // The attempt is over.
	};
}
