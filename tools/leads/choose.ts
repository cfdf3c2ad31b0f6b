import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { findLeads, findRejections } from '../../shared/operate/find-leads.ts';
import type { FoundMessage } from '../../shared/operate/find-person.ts';
import { finding, type LeadsToolDeps } from './leads-tool-deps.ts';

/** What a command is to act on. */
export interface Chosen {
	leads: ListedLead[];
	rejections: JournaledRejection[];
	/** What waits in a queue. */
	messages?: FoundMessage[];
	/** Ids under which there is nothing. */
	unknown: string[];
}

const all = { most: Number.MAX_SAFE_INTEGER, mostRead: Number.MAX_SAFE_INTEGER };

/** By ids, or by a filter; all of it is read before anything is done, so that what is done does not change what is found. */
export async function choose(
	target: { ids: string[] } | { filter: Filter; limit?: number | undefined; closed?: boolean },
	deps: LeadsToolDeps,
): Promise<Chosen> {
	if ('ids' in target) return chooseByIds(target.ids, deps);
	const extent = { ...all, ...(target.limit !== undefined && { most: target.limit }), ...(target.closed && { closed: true }) };
	const chosen: Chosen = { leads: [], rejections: [], unknown: [] };
	if (target.filter.state === 'rejected') chosen.rejections = (await findRejections(target.filter, extent, finding(deps))).items;
	else chosen.leads = (await findLeads(target.filter, extent, finding(deps))).items;
	deps.terminal.progress('');
	return chosen;
}

async function chooseByIds(ids: string[], deps: LeadsToolDeps): Promise<Chosen> {
	const journal = await deps.journal();
	const chosen: Chosen = { leads: [], rejections: [], unknown: [] };
	for (const id of new Set(ids)) {
		const lead = await journal.find(id, deps.deadline(storageTimeoutMs.list));
		const rejection = lead ? undefined : await journal.findRejection(id, deps.deadline(storageTimeoutMs.list));
		if (lead) chosen.leads.push(lead);
		else if (rejection) chosen.rejections.push(rejection);
		else chosen.unknown.push(id);
	}
	return chosen;
}
