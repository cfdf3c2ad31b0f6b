import { eraseById } from './erase-by-id.ts';
import { findPerson, type PersonFound, type PersonSearch } from './find-person.ts';

/** What was erased of a person. */
export interface PersonErased {
	/** Of leads, rejected payloads and spilled messages. */
	ids: string[];
	/** Messages that were deleted from a queue and had no id. */
	messages: number;
	/** What could not be looked at in the end, and why. */
	unsearched: PersonFound['unsearched'];
}

/** Clocks differ: so far before the search began it is looked again. */
const marginMs = 3_600_000;
const mostRounds = 3;

/**
 * Erases what a search found, then looks again: what arrived meanwhile, or left the spill for the journal, goes too.
 *
 * @param startedAt When the search began; milliseconds since the epoch.
 */
export async function erasePerson(
	address: string,
	{ found, startedAt }: { found: PersonFound; startedAt: number },
	search: PersonSearch,
): Promise<PersonErased> {
	const erased: PersonErased = { ids: [], messages: 0, unsearched: [] };
	let rest = found;
	for (let round = 1; round <= mostRounds; round++) {
		const again = await findPerson(address, { ...search, since: startedAt - marginMs, takeMessages: true });
		erased.unsearched = again.unsearched;
		erased.messages += again.messages.filter(({ leadId }) => leadId === undefined).length;
		for (const { leadId } of again.messages) if (leadId) add(erased, leadId);
		// Only now: what was in the spill then is either deleted or in the journal.
		await eraseFound(rest, erased, search);
		await eraseFound(again, erased, search);
		rest = again;
		if (again.leads.length + again.rejections.length + again.messages.length === 0) break;
	}
	return erased;
}

async function eraseFound({ leads, rejections, messages }: PersonFound, erased: PersonErased, search: PersonSearch): Promise<void> {
	const ids = new Set([
		...leads.map(({ leadId }) => leadId),
		...rejections.map(({ id }) => id),
		...messages.flatMap(({ leadId }) => leadId ?? []),
	]);
	let done = 0;
	for (const id of ids) {
		const { lead, rejection } = await eraseById(id, search);
		if (lead || rejection) add(erased, id);
		search.onProgress('erased', ++done, ids.size);
	}
}

function add({ ids }: PersonErased, id: string): void {
	if (!ids.includes(id)) ids.push(id);
}
