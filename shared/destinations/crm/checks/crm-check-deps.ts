import type { DestinationCheckDeps } from '../../../delivery/destination-kind.ts';
import type { CrmSettings } from '../crm-settings.ts';

/** What the checks of Dataverse depend on. */
export type CrmCheckDeps = DestinationCheckDeps<CrmSettings>;
