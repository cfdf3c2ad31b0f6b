import type { DestinationKind } from '../../delivery/destination-kind.ts';
import { crmChoices } from './crm-choices.ts';
import { type CrmSettings, crmName, crmSettings } from './crm-settings.ts';

/** Leads as records of Dynamics 365, created through the Dataverse Web API. */
export const crm: DestinationKind<CrmSettings> = {
	name: crmName,
	// A record has an id of ours.
	repeatable: true,
	settings: crmSettings,
	choices: crmChoices,
	recordUrl: ({ url }, leadId) => (url ? crmRecordUrl(url, leadId) : undefined),
	standIn: { name: 'dataverse', setting: 'DATAVERSE_URL', address: ({ url }) => url },
	checkNames: ['dataverse', 'privileges', 'lead table', 'lead columns'],
	load: async () => (await import('./load-crm.ts')).loadedCrm,
};

/**
 * Where sales sees a lead's record: the lead id is the record's GUID.
 *
 * @param orgUrl origin of the organisation without a trailing slash
 */
export function crmRecordUrl(orgUrl: string, leadId: string): string {
	return `${orgUrl}/main.aspx?etn=lead&id=${leadId}&pagetype=entityrecord`;
}
