import type { DeliveryRequest } from '../../shared/delivery/destination.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { readLead } from '../../shared/lead/read-lead.ts';
import { leadFixture } from './lead-fixtures.ts';
import { bytesOf, payload } from './payload.ts';

export const leadId = '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d';

/** One lead on its way; an ordinary one unless it says otherwise. */
export function deliveryRequest({
	lead,
	...change
}: { lead?: Partial<Lead> } & Partial<Omit<DeliveryRequest, 'lead'>> = {}): DeliveryRequest {
	const read = leadOf(bytesOf(payload()));
	return { leadId, receivedAt: new Date('2026-11-23T22:46:10.123Z'), attempt: 1, lead: { ...read, ...lead }, ...change };
}

/** A fixture's lead on its way. */
export const requestOfFixture = (name: string): DeliveryRequest => ({ ...deliveryRequest(), lead: leadOf(leadFixture(name)) });

/** What a payload reads as. */
export function leadOf(payload: Uint8Array): Lead {
	const reading = readLead(payload);
	if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
	return reading.lead;
}
