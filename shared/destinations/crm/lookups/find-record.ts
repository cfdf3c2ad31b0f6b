import { UnprovenAnswer } from '../../../basics/failures.ts';
import { remember } from '../../../basics/remember.ts';
import { type Clock, within } from '../../../basics/time.ts';
import { type Dataverse, DataverseRefusal, getRows } from '../get-json.ts';

/** What is looked for: the one record of an entity set whose column has a value. */
export interface RecordQuestion {
	set: string;
	by: string;
	value: string;
	/** A condition more: `isdisabled eq false`. */
	and?: string;
}

/** A record's id, or why there is none: no one has the value, several have it, the question itself is wrong, or no one answered. */
export type FoundRecord = { id: string } | { missing: 'none' | 'several' | 'wrong' | 'unanswered' };

/** Never throws, and ends soon after `signal` aborts. */
export type FindRecord = (question: RecordQuestion, signal: AbortSignal) => Promise<FoundRecord>;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** More than any unique column holds, and short enough for an address. */
const longestValue = 400;

/** Asks Dataverse for one record, by one GET. Throws when no one answers. */
export async function findRecord(dataverse: Dataverse, { set, by, value, and }: RecordQuestion, signal: AbortSignal): Promise<FoundRecord> {
	if (value.length > longestValue) return { missing: 'none' };
	const filter = `${by} eq '${value.replaceAll("'", "''")}'${and ? ` and ${and}` : ''}`;
	try {
		const rows = await getRows(dataverse, `${set}?$select=${by}&$filter=${encodeURIComponent(filter)}&$top=2`, { signal });
		if (rows.length > 1) return { missing: 'several' };
		if (rows.length === 0) return { missing: 'none' };
		const id = primaryKey(rows[0], by);
		if (id === undefined) throw new UnprovenAnswer('Dataverse', 'the id of the record');
		return { id };
	} catch (error) {
		// No such table or column, or one that is not text: a setting names it.
		if (error instanceof DataverseRefusal && (error.status === 400 || error.status === 404)) return { missing: 'wrong' };
		throw error;
	}
}

/** The primary key comes without being asked for; users and teams bring `ownerid`, too. */
function primaryKey(row: unknown, by: string): string | undefined {
	const ids = Object.entries(Object(row)).filter(([name, value]) => name !== by && /^[a-z]\w*$/i.test(name) && guid.test(String(value)));
	const [, id] = ids.find(([name]) => name !== 'ownerid') ?? ids[0] ?? [];
	return id === undefined ? undefined : String(id).toLowerCase();
}

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
