import type { LoadedKind } from '../../delivery/destination-kind.ts';
import { checkDataverse } from './checks/check-dataverse.ts';
import { createCrmDestination } from './create-crm-destination.ts';
import type { CrmSettings } from './crm-settings.ts';
import { previewRecord } from './preview-record.ts';

export const loadedCrm: LoadedKind<CrmSettings> = {
	open: (settings, deps) => createCrmDestination({ settings, ...deps, asksForColumns: true }),
	checks: { dataverse: checkDataverse },
	audiences: ({ url }) => (url ? [{ name: 'Dataverse', url, audiences: [url] }] : []),
	preview: previewRecord,
};
