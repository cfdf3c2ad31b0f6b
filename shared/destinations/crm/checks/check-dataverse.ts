import { type CheckLine, checkTimeoutMs, failure, ok } from '../../../basics/check-line.ts';
import { readColumns } from '../metadata/read-columns.ts';
import { askDataverse, dataverseTrouble } from './ask-dataverse.ts';
import { checkLeadColumns } from './check-lead-columns.ts';
import { checkPrivileges } from './check-privileges.ts';
import { checkSecuredColumns } from './check-secured-columns.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';
import { findTables } from './find-tables.ts';

const findUrl =
	'Set DATAVERSE_URL to the environment’s own address: Power Platform admin center > Environments > the environment > Environment URL.';

/** The environment: whether it knows us (`WhoAmI`), and then what we may do there, the table of leads, its columns. */
export async function checkDataverse(deps: CrmCheckDeps): Promise<CheckLine[]> {
	if (!deps.own.url) return [];
	const reply = await askDataverse(deps, 'WhoAmI');
	if (!reply.ok) {
		const isElsewhere = reply.end.stage === 'answer' && reply.end.answer.status === 404;
		if (isElsewhere) return [failure('dataverse', 'There is no Dataverse at DATAVERSE_URL (404).', findUrl)];
		return [dataverseTrouble('dataverse', 'Identity', reply.end)];
	}
	const { UserId: userId } = reply.body;
	if (typeof userId !== 'string') return [failure('dataverse', 'The service at DATAVERSE_URL is not the Web API of Dataverse.', findUrl)];
	const known = ok('dataverse', `The environment knows the identity as its user ${userId}.`);
	const tables = findTables(deps);
	const dataverse = { url: deps.own.url ?? '', getToken: deps.tokensOf(deps.clientId), fetch: deps.fetch };
	const columns = readColumns(dataverse, deps.deadline(checkTimeoutMs));
	const lines = await Promise.all([
		checkPrivileges(deps, userId, { tables, columns }),
		checkLeadTable(deps),
		checkLeadColumns(deps, tables, columns),
		checkSecuredColumns(deps, userId),
	]);
	return [known, ...lines.flat()];
}

/** Reads the id of one lead: the table is there, and may be read. */
async function checkLeadTable(deps: CrmCheckDeps): Promise<CheckLine[]> {
	const reply = await askDataverse(deps, 'leads?$select=leadid&$top=1');
	return [
		reply.ok ? ok('lead table', 'The table of leads exists and can be read.') : dataverseTrouble('lead table', 'Reading leads', reply.end),
	];
}
