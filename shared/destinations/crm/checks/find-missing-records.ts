import { crmChoiceOf } from '../crm-choices.ts';
import type { FieldEntry } from '../field-map/field-map.ts';
import { readOwner } from '../field-map/owner.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import { askDataverse } from './ask-dataverse.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';
import type { PointedTables } from './find-tables.ts';
import type { Way } from './sample-warnings.ts';

const guid = /^\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;
const ownerIds = { systemusers: 'systemuserid', teams: 'teamid' };

/** Who and what is named by an id and is not there, and entity sets that are none: a delivery finds them out only by a refused record. Never throws. */
export async function findMissingRecords(
	{ rule, choice }: Way,
	{ byName }: LeadColumns,
	tables: PointedTables,
	deps: CrmCheckDeps,
): Promise<string[]> {
	const { own } = deps;
	const chosen = crmChoiceOf({ choice });
	const isUsual = rule === undefined;
	const fields = (isUsual ? own.fields : chosen.fields) ?? {};
	const complaints = Object.entries(fields as Record<string, FieldEntry>).map(async ([name, entry]) => {
		if (!byName.has(name) || typeof entry !== 'object' || entry === null || !('lookup' in entry)) return undefined;
		const { lookup: set, by, value } = entry;
		const column = `${isUsual ? 'DATAVERSE_FIELDS' : `LEAD_ROUTES rule ${rule}`}.${name}`;
		const table = tables.get(set);
		if (table === null) return `${column}: there is no entity set ${set}`;
		return table && by === undefined && guid.test(value) && (await isMissing(set, value, table.primaryId, deps))
			? `${column}: ${set} has no record with this id`
			: undefined;
	});
	const named = readOwner((isUsual ? own.owner : chosen.owner) ?? '');
	const owner = named.ok && 'id' in named.owner ? named.owner : undefined;
	const ownerComplaint = async () =>
		owner && (await isMissing(owner.set, owner.id, ownerIds[owner.set], deps))
			? `${isUsual ? 'DATAVERSE_OWNER' : `LEAD_ROUTES rule ${rule}: owner`}: no user or team has this id`
			: undefined;
	return (await Promise.all([...complaints, ownerComplaint()])).filter((complaint) => complaint !== undefined);
}

async function isMissing(set: string, id: string, primaryId: string, deps: CrmCheckDeps): Promise<boolean> {
	const reply = await askDataverse(deps, `${set}(${id.trim()})?$select=${primaryId}`);
	return !reply.ok && reply.end.stage === 'answer' && reply.end.answer.status === 404;
}
