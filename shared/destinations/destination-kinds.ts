import type { Environment } from '../basics/environment.ts';
import type { DestinationGroup, DestinationKind } from '../delivery/destination-kind.ts';
import { crm } from './crm/crm.ts';
import { email } from './email/email.ts';
import { webhook } from './webhook/webhook.ts';

/** Every destination that is always there: a folder each, in the order in which they are shown. */
export const destinationKinds: readonly DestinationKind[] = [email, crm];

/** Those whose destinations the settings name: a folder each too, shown behind the others. */
export const destinationGroups: readonly DestinationGroup[] = [webhook];

/** Every destination that there is with these settings. */
export const openKinds = (
	environment: Environment,
	kinds: readonly DestinationKind[] = destinationKinds,
	groups: readonly DestinationGroup[] = destinationGroups,
): DestinationKind[] => [...kinds, ...groups.flatMap((group) => group.open(environment))];

/** The destinations that the documentation shows. */
export const documentedKinds: readonly DestinationKind[] = [...destinationKinds, ...destinationGroups.map(({ example }) => example)];
