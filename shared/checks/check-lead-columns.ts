import { causeCode } from '../destinations/cause-code.ts';
import { DataverseRefusal } from '../destinations/crm/get-json.ts';
import type { LeadColumns } from '../destinations/crm/metadata/lead-column.ts';
import { readColumns } from '../destinations/crm/metadata/read-columns.ts';
import { usualColumns } from '../destinations/crm/usual-values.ts';
import { didYouMean } from '../did-you-mean.ts';
import { type CheckLine, type CheckMeans, checkTimeoutMs, ok, warning } from './check.ts';
import { howToSet } from './how-to-set.ts';

/** What every record is filled with. */
const usual = [...usualColumns, 'donotemail', 'donotphone', 'donotbulkemail'];

/** The columns that are filled, against what the environment says of them. */
export async function checkLeadColumns(means: CheckMeans): Promise<CheckLine[]> {
	const { settings, tokensOf, fetch, deadline } = means;
	const dataverse = { url: settings.crm.url ?? '', getToken: tokensOf(settings.clientId), fetch };
	let columns: LeadColumns;
	try {
		columns = await readColumns(dataverse, deadline(checkTimeoutMs));
	} catch (error) {
		const code = error instanceof DataverseRefusal ? String(error.status) : causeCode(error);
		return [
			warning(
				'lead columns',
				`They cannot be read (${code}): the standard table of Dynamics 365 Sales serves.`,
				'bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply',
			),
		];
	}
	const lines = [...missingColumns(columns), ...leadSource(columns, means), ...fields(columns, means)];
	return lines.length > 0 ? lines : [ok('lead columns', 'All that are filled are there.')];
}

const canBeFilled = ({ byName }: LeadColumns, name: string) => byName.has(name);

function missingColumns(columns: LeadColumns): CheckLine[] {
	return usual
		.filter((name) => !canBeFilled(columns, name))
		.map((name) =>
			warning(
				'lead columns',
				`The table of leads has no column ${name} that can be filled: what belongs there is in the description only.`,
				`Bring the column ${name} back (make.powerapps.com > Tables > Lead > Columns), or leave it so.`,
			),
		);
}

function leadSource({ byName }: LeadColumns, { settings, environment }: CheckMeans): CheckLine[] {
	const { leadSource: value } = settings.crm;
	const column = byName.get('leadsourcecode');
	if (value === undefined || (column?.type === 'choice' && column.choices.some((choice) => choice.value === value))) return [];
	const choices =
		column?.type === 'choice' ? column.choices.slice(0, 20).map((choice) => `${choice.value} ${choice.labels[0] ?? ''}`.trim()) : [];
	return [
		warning(
			'lead columns',
			`DATAVERSE_LEAD_SOURCE is no choice of leadsourcecode. There are: ${choices.join(', ') || 'none'}.`,
			howToSet('DATAVERSE_LEAD_SOURCE', environment),
		),
	];
}

/** The columns of the field map, and of the rules that add to it. */
function fields(columns: LeadColumns, { settings, environment }: CheckMeans): CheckLine[] {
	const mapped = [
		...Object.keys(settings.crm.fields ?? {}).map((name) => ({ setting: 'DATAVERSE_FIELDS', name })),
		...settings.routes.flatMap(({ choice }) => Object.keys(choice.fields ?? {}).map((name) => ({ setting: 'LEAD_ROUTES', name }))),
	];
	return mapped
		.filter(({ name }) => !canBeFilled(columns, name))
		.map(({ setting, name }) => {
			const meant = didYouMean(name, [...columns.byName.keys()]);
			const found = `${setting} fills the column ${name}, which is not there or cannot be filled: it is left out.`;
			return warning('lead columns', meant ? `${found} Did you mean ${meant}?` : found, howToSet(setting, environment));
		});
}
