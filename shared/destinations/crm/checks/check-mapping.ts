import { type CheckLine, warning } from '../../../basics/check-line.ts';
import { howToSet } from '../../../basics/environment.ts';
import { crmName } from '../crm-settings.ts';
import { DataverseRefusal } from '../get-json.ts';
import { findRecord } from '../lookups/find-record.ts';
import { rememberRecords } from '../lookups/remember-records.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import type { Environment } from '../record-parts.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';
import { findMissingRecords } from './find-missing-records.ts';
import type { PointedTables } from './find-tables.ts';
import { sampleWarnings, type Way } from './sample-warnings.ts';

/** What the field map, the owner and the rules make of a record in this environment, with its own columns and records. */
export async function checkMapping(columns: LeadColumns, tables: PointedTables, deps: CrmCheckDeps): Promise<CheckLine[]> {
	const refused = new Map<string, number>();
	const ask: Environment = { columns: async () => columns, findRecord: searching(deps, refused) };
	const found = await Promise.all(
		waysOf(deps).flatMap((way) => [sampleWarnings(way, ask, deps), findMissingRecords(way, columns, tables, deps)]),
	);
	const complaints = [...new Set(found.flat())].map((problem) =>
		warning('lead columns', `${problem}.`, howToSet(/^[A-Z_]+/.exec(problem)?.[0] ?? '', deps.environment)),
	);
	const unsearched = [...refused].map(([set, status]) =>
		warning(
			'lead columns',
			`${set} cannot be searched (${status}): lookups to it stay empty.`,
			'Let the identity read that table: bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --privilege NAME --apply',
		),
	);
	return [...complaints, ...unsearched];
}

/** Of the ways to the CRM the usual one, and those of rules that say something else about the record. */
function waysOf({ isUsual, routes }: CrmCheckDeps): Way[] {
	const usual: Way = { choice: {} };
	const differing = routes.filter(({ choice }) => choice.fields !== undefined || choice.owner !== undefined);
	return [usual, ...differing].filter(({ choice }) => choice.destinations?.includes(crmName) ?? isUsual);
}

/** Searches as a delivery does; notes which sets may not be searched. */
function searching(
	{ own, clientId, tokensOf, fetch, clock, deadline }: CrmCheckDeps,
	refused: Map<string, number>,
): Environment['findRecord'] {
	const dataverse = { url: own.url ?? '', getToken: tokensOf(clientId), fetch };
	return rememberRecords({
		find: async (question, signal) => {
			try {
				return await findRecord(dataverse, question, signal);
			} catch (error) {
				if (error instanceof DataverseRefusal) refused.set(question.set, error.status);
				throw error;
			}
		},
		clock,
		deadline,
	});
}
