import { ringLead } from '../shared/queues/ring-lead.ts';
import type { SweepDeps } from './sweep-deps.ts';

/**
 * Rings for leads that are safe without it: `rung`, or the code of what went wrong. After a bell that failed no other is tried, because a queue that hangs
 * would take the time of the run; what is not rung is overdue soon, and rung by a later run.
 */
export function ringUntilOneFails(deps: SweepDeps): (leadId: string) => Promise<string> {
	let bell = 'rung';
	return async (leadId) => {
		if (bell === 'rung') bell = await ringLead(leadId, deps);
		return bell;
	};
}
