import { type CheckLine, ok, warning } from '../../../basics/check-line.ts';
import { didYouMean } from '../../../basics/did-you-mean.ts';
import { howToSet } from '../../../basics/environment.ts';
import { causeCode } from '../../http/request-end.ts';
import { DataverseRefusal } from '../get-json.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import { usualColumns } from '../usual-values.ts';
import { checkMapping } from './check-mapping.ts';
import { type CrmCheckDeps, choicesInWords, mappedColumns } from './crm-check-deps.ts';
import type { PointedTables } from './find-tables.ts';

/** What every record is filled with. */
const usual = [...usualColumns, 'donotemail', 'donotphone', 'donotbulkemail'];

/** The columns that are filled, against what the environment says of them. `tables` are those that lookups point to. */
export async function checkLeadColumns(
	deps: CrmCheckDeps,
	tables: Promise<PointedTables>,
	read: Promise<LeadColumns>,
): Promise<CheckLine[]> {
	let columns: LeadColumns;
	try {
		columns = await read;
	} catch (error) {
		const code = error instanceof DataverseRefusal ? String(error.status) : causeCode(error);
		return [
			warning(
				'lead columns',
				`The columns cannot be read (${code}): the app uses the standard columns of Dynamics 365 Sales.`,
				'bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply',
			),
		];
	}
	const lines = [
		...missingColumns(columns),
		...leadSource(columns, deps),
		...unknownColumns(columns, deps),
		...(await checkMapping(columns, await tables, deps)),
	];
	return lines.length > 0 ? lines : [ok('lead columns', 'All mapped columns exist.')];
}

const canBeFilled = ({ byName }: LeadColumns, name: string) => byName.has(name);

function missingColumns(columns: LeadColumns): CheckLine[] {
	return usual
		.filter((name) => !canBeFilled(columns, name))
		.map((name) =>
			warning(
				'lead columns',
				`The table of leads has no column ${name} that can be filled: its value is in the description only.`,
				`Restore the column ${name} (make.powerapps.com > Tables > Lead > Columns), or leave it as it is.`,
			),
		);
}

function leadSource({ byName }: LeadColumns, { own, environment }: CrmCheckDeps): CheckLine[] {
	const { leadSource: value } = own;
	const column = byName.get('leadsourcecode');
	if (value === undefined || (column?.type === 'choice' && column.choices.some((choice) => choice.value === value))) return [];
	const choices = column?.type === 'choice' ? choicesInWords(column.choices) : 'none';
	return [
		warning(
			'lead columns',
			`DATAVERSE_LEAD_SOURCE is not a choice of leadsourcecode. Choices: ${choices}.`,
			howToSet('DATAVERSE_LEAD_SOURCE', environment),
		),
	];
}

/** The columns of the field map and of rules that the table does not have. */
function unknownColumns(columns: LeadColumns, deps: CrmCheckDeps): CheckLine[] {
	const { environment } = deps;
	return mappedColumns(deps)
		.filter(({ name }) => !canBeFilled(columns, name))
		.map(({ setting, name }) => {
			const meant = didYouMean(name, [...columns.byName.keys()]);
			const found = `${setting} fills the column ${name}, which does not exist or cannot be filled: it is left out.`;
			return warning('lead columns', meant ? `${found} Did you mean ${meant}?` : found, howToSet(setting, environment));
		});
}
