import type { DestinationKind } from '../delivery/destination-kind.ts';
import { crm } from './crm/crm.ts';
import { email } from './email/email.ts';

/** Every destination there is: a folder each, in the order in which they are shown. */
export const destinationKinds: readonly DestinationKind[] = [email, crm];
