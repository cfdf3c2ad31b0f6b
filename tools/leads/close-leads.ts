import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { closeDelivery } from '../../shared/delivery/replay-delivery.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import type { Which } from '../../shared/operate/step-deliveries.ts';
import { actOn, type Target } from './act-on.ts';
import type { Consent } from './agree.ts';
import type { ExitCode, LeadsToolDeps } from './leads-tool-deps.ts';

/** `leads close`: a person has dealt with what is parked or rejected, or wants no more of what waits for a destination. */
export function closeLeads(target: Target, which: Which, consent: Consent, deps: LeadsToolDeps): Promise<ExitCode> {
	const waiting = which.state === 'pending';
	return actOn(
		{
			target,
			which,
			consent,
			action: {
				verb: 'close',
				done: 'closed',
				possible: (delivery) => closeDelivery(delivery, { now: deps.clock(), waiting }).ok,
				lead: (leadId) => closeLead(leadId, { ...which, waiting }, deps),
				refusal: (why) => (why === 'pending' && waiting ? 'is under way' : `is ${why}, not parked`),
				rejection: async (rejection) => {
					const journal = await deps.journal();
					const closed = await journal.closeRejection(rejection, { closedAt: deps.clock() }, deps.deadline(storageTimeoutMs.list));
					return closed === 'closed' ? { ok: true, as: 'closed' } : { ok: false, why: 'is closed already' };
				},
			},
		},
		deps,
	);
}
