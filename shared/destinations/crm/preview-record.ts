import type { DeliveryRequest } from '../../delivery/destination.ts';
import type { DestinationPreview, PreviewDeps } from '../../delivery/destination-kind.ts';
import { type DataverseRequest, toCreateRequest } from './call-dataverse.ts';
import { cutMark } from './crm-description.ts';
import type { CrmSettings } from './crm-settings.ts';
import { liveEnvironment, offlineEnvironment } from './preview-environment.ts';
import { gatherParts } from './record-parts.ts';
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
