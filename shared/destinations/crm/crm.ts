import type { DestinationKind } from '../../delivery/destination-kind.ts';
import { crmChoices } from './crm-choices.ts';
import { crmRecordUrl } from './crm-record-url.ts';
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
