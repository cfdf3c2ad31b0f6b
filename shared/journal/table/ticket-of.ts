import type { Delivery } from '../../delivery/delivery.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import { ticketKey } from './row-keys.ts';

/** The key of the ticket that a delivery holds; none when it has ended. */
export function ticketOf(leadId: string, destination: string, { state, since, due }: Delivery): string | undefined {
	if (state === 'pending') return ticketKey(destination as DestinationName, due, leadId);
	if (state === 'parked') return ticketKey('parked', since, leadId, destination);
	return undefined;
}
