import type { DeliveryRequest } from '../../delivery/destination.ts';
import type { DestinationPreview, PreviewDeps } from '../../delivery/destination-kind.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { type DataverseRequest, toCreateRequest } from './call-dataverse.ts';
import { cutMark } from './crm-description.ts';
import type { CrmSettings } from './crm-settings.ts';
import { findRecord } from './lookups/find-record.ts';
import { builtInColumns } from './metadata/built-in-columns.ts';
import { readColumns } from './metadata/read-columns.ts';
import { type Environment, gatherParts } from './record-parts.ts';
import { toCrmRecord } from './to-crm-record.ts';

/** The request that would create a lead's record. With `live` Dataverse is asked for its columns and for the records that lookups name. */
export async function previewRecord(
	request: DeliveryRequest,
	settings: CrmSettings,
	{ live, note, signal }: PreviewDeps,
): Promise<DestinationPreview & { request: DataverseRequest }> {
	if (live && !settings.url) throw new Error('--live needs DATAVERSE_URL, and it is missing or wrong.');
	const url = settings.url ?? 'https://DATAVERSE_URL';
	const environment = live ? liveEnvironment({ url, ...live }, note) : offlineEnvironment(note);
	const parts = await gatherParts(request, settings, environment, signal);
	const { record, warnings, notes } = toCrmRecord(request, settings, { ...parts, tellsTime: false });
	const noted = notes.map(({ label, why }) => `CRM: ${label} ${why ?? 'does not fit its column'}: it is in the description`);
	const shortened = String(record.description ?? '').includes(cutMark)
		? ['CRM: the description is too long: parts of it are shortened']
		: [];
	const create = toCreateRequest({ url, leadId: request.leadId, duplicateDetection: settings.duplicateDetection }, record);
	return {
		request: create,
		lines: () => [
			`${create.method} ${create.url}`,
			...Object.entries(create.headers).map(([name, value]) => `${name}: ${value}`),
			'',
			JSON.stringify(JSON.parse(create.body ?? 'null'), null, 2),
		],
		warnings: [...warnings, ...noted, ...shortened],
	};
}

/** No one is asked: the usual columns, and every record that is looked up has the id of zeros. */
function offlineEnvironment(note: (text: string) => void): Environment {
	return {
		columns: async () => builtInColumns,
		findRecord: async ({ set, by, value }) => {
			note(
				`CRM: ${set} is searched by ${by} for "${value}" when the lead is delivered; until then an id of zeros is shown (--live searches now)`,
			);
			return { id: '00000000-0000-0000-0000-000000000000' };
		},
	};
}

/** Dataverse is asked for its columns and for records; changes nothing there. Notes why when it does not answer. */
export function liveEnvironment(
	dataverse: { url: string; getToken: GetToken; fetch: typeof fetch },
	note: (text: string) => void,
): Environment {
	const told = (what: string, error: unknown) => note(`CRM: ${what}: ${error instanceof Error ? error.message : String(error)}`);
	return {
		columns: async (signal) => {
			try {
				return await readColumns(dataverse, signal);
			} catch (error) {
				told('the columns of the environment could not be read; the standard ones are used', error);
				return builtInColumns;
			}
		},
		findRecord: async (question, signal) => {
			try {
				return await findRecord(dataverse, question, signal);
			} catch (error) {
				told(`${question.set} could not be searched`, error);
				return { missing: 'unanswered' };
			}
		},
	};
}
