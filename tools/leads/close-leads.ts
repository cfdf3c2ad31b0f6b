import { closeDelivery } from '../../shared/delivery/close-delivery.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import type { Which } from '../../shared/operate/step-deliveries.ts';
import { actOn, type Target } from './act-on.ts';
import type { Consent } from './agree.ts';
import { type Desk, type ExitCode, storageTimeoutMs } from './desk.ts';

/** `leads close`: a person has dealt with what is parked or rejected. */
export function closeLeads(target: Target, which: Which, consent: Consent, desk: Desk): Promise<ExitCode> {
	return actOn(
		target,
		which,
		{
			verb: 'close',
			done: 'closed',
			possible: (delivery) => closeDelivery(delivery, { now: desk.clock() }).ok,
			lead: (leadId) => closeLead(leadId, which, desk),
			refusal: (why) => `is ${why}, not parked`,
			rejection: async (rejection) => {
				const journal = await desk.journal();
				const closed = await journal.closeRejection(rejection, desk.clock(), desk.deadline(storageTimeoutMs));
				return closed === 'closed' ? { ok: true, as: 'closed' } : { ok: false, why: 'is closed already' };
			},
		},
		consent,
		desk,
	);
}
