import { readReceipt } from '../shared/accept/read-receipt.ts';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { codeOf } from '../shared/basics/failures.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { DeliveryRequest, DestinationName } from '../shared/delivery/destination.ts';
import { recordUrlOf } from '../shared/delivery/destination-kind.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import type { Lead } from '../shared/lead/lead.ts';
import { personHash } from '../shared/lead/lead-id.ts';
import { earlierLeadOf } from '../shared/lead/same-person.ts';
import { matchRoute } from '../shared/rules/match-route.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** What a destination is given for a delivery of a lead; undefined when the payload cannot be read (any more). */
export type ToRequest = (delivery: Delivery) => Promise<DeliveryRequest | undefined>;

/**
 * What the destinations of a lead are given. The lead is read from its payload again, and the rules are asked again, for all that is not kept as a decision:
 * once for all of them.
 */
export function toRequests(journaled: JournaledLead, deps: DeliveryDeps): ToRequest {
	let read: ReturnType<typeof readForAll> | undefined;
	return async ({ attempts }) => {
		read ??= readForAll(journaled, deps);
		const forAll = await read;
		return forAll && { ...forAll, attempt: attempts };
	};
}

async function readForAll(journaled: JournaledLead, deps: DeliveryDeps): Promise<Omit<DeliveryRequest, 'attempt'> | undefined> {
	const reading = readReceipt(journaled);
	if (!reading.ok) return undefined;
	const { lead } = reading;
	const { leadId, receivedAt, importedAt, deliveries } = journaled;
	const { routes, samePerson } = deps.settings;
	const urlOf = (id: string, destinations: readonly DestinationName[]) => {
		const url = recordUrlOf(deps.settings, id, destinations);
		return url === undefined ? {} : { recordUrl: url };
	};
	const { choice } = await matchRoute(lead, routes);
	const earlier = samePerson === 'mention' ? await findEarlier(journaled, lead, deps) : undefined;
	return {
		leadId,
		receivedAt: new Date(receivedAt),
		...(importedAt !== undefined && { importedAt: new Date(importedAt) }),
		lead,
		...urlOf(leadId, Object.keys(deliveries)),
		choice,
		...(earlier && { earlier: { ...earlier, ...urlOf(earlier.leadId, earlier.delivered ?? []) } }),
	};
}

/** A lead without a mention is better than a mention that holds a lead back. */
async function findEarlier({ leadId, receivedAt }: JournaledLead, lead: Lead, { journal, deadline, log }: DeliveryDeps) {
	if (!lead.email) return undefined;
	try {
		const earlier = await (await journal()).earlierLeads(personHash(lead.email), { leadId, receivedAt }, deadline(storageTimeoutMs.step));
		return earlierLeadOf({ leadId, receivedAt, lead }, earlier);
	} catch (error) {
		log({ event: 'earlier.unread', level: 'warn', leadId, code: codeOf(error) });
		return undefined;
	}
}
