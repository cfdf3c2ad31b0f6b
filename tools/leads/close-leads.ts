import { closeDelivery } from '../../shared/delivery/replay-delivery.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import type { Which } from '../../shared/operate/step-deliveries.ts';
import { actOn, type Target } from './act-on.ts';
import type { Consent } from './agree.ts';
import { type ExitCode, type LeadsToolDeps, storageTimeoutMs } from './leads-tool-deps.ts';

/** `leads close`: a person has dealt with what is parked or rejected. */
export function closeLeads(target: Target, which: Which, consent: Consent, deps: LeadsToolDeps): Promise<ExitCode> {
	return actOn(
		{
			target,
			which,
			consent,
			action: {
				verb: 'close',
				done: 'closed',
				possible: (delivery) => closeDelivery(delivery, { now: deps.clock() }).ok,
				lead: (leadId) => closeLead(leadId, which, deps),
				refusal: (why) => `is ${why}, not parked`,
				rejection: async (rejection) => {
					const journal = await deps.journal();
					const closed = await journal.closeRejection(rejection, deps.clock(), deps.deadline(storageTimeoutMs));
					return closed === 'closed' ? { ok: true, as: 'closed' } : { ok: false, why: 'is closed already' };
				},
			},
		},
		deps,
	);
}
