import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { findIdsLike, type LeadName, readLeadName } from '../../shared/operate/find-lead.ts';
import { leadsTable, rejectionsTable } from './leads-table.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';
import { UsageError } from './usage-error.ts';

/** The ids of what someone calls by an id, or by a part of one. */
export async function idsNamed(name: LeadName, { terminal, ...deps }: LeadsToolDeps): Promise<string[]> {
	if ('id' in name) return [name.id];
	const found = await findIdsLike(name.part, { ...deps, onProgress: (looked) => terminal.progress(`${looked} ids looked at`) });
	terminal.progress('');
	return found;
}

/** How ids are named on the command line. Throws for what cannot be one. */
export function leadNameOf(text: string): LeadName {
	const name = readLeadName(text);
	if (!name)
		throw new UsageError(
			'A lead is named by its id (019a3c5e-7d10-7c4e-9a51-2f6f0f6f1b11), by the beginning of it, or by its reference (#0f6f1b11); find it with list --search.',
		);
	return name;
}

/** One id for each name. What is called by a part is looked up; when there is nothing, the part stays, so that the command tells of it. */
export async function resolveIds(names: string[], deps: LeadsToolDeps): Promise<string[]> {
	const ids: string[] = [];
	for (const name of names.map(leadNameOf)) {
		const found = await idsNamed(name, deps);
		if (found.length > 1) await refuse(found, 'part' in name ? name.part : name.id, deps);
		ids.push(found[0] ?? ('part' in name ? name.part : name.id));
	}
	return ids;
}

const mostShown = 20;

/** Shows what a name may mean; nothing is guessed. */
export async function refuse(ids: string[], name: string, { journal, terminal, deadline }: LeadsToolDeps): Promise<never> {
	const table = await journal();
	for (const id of ids.slice(0, mostShown)) {
		const lead = await table.find(id, deadline(storageTimeoutMs.list));
		const rejection = lead ? undefined : await table.findRejection(id, deadline(storageTimeoutMs.list));
		if (lead) await terminal.print(leadsTable([lead]).split('\n').slice(1).join('\n'));
		if (rejection) await terminal.print(rejectionsTable([rejection]).split('\n').slice(1).join('\n'));
	}
	throw new UsageError(
		`${name} may be any of ${ids.length}${ids.length > mostShown ? `, of which ${mostShown} are shown` : ''}: name one by its whole id.`,
	);
}
