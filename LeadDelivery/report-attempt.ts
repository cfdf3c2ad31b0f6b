import type { Log } from '../shared/basics/log.ts';
import type { AttemptEnd } from '../shared/delivery/attempt.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import type { Claimed } from './claim-due.ts';

interface EndedAttempt {
	lead: Pick<JournaledLead, 'leadId' | 'receivedAt'>;
	claimed: Claimed;
	outcome: Outcome;
	/** The delivery as it is then; undefined when the lead is gone. */
	after: Delivery | undefined;
	end: Pick<AttemptEnd, 'now' | 'tookMs' | 'cooldownUntil'>;
}

/** One wide line for an attempt; a line of its own for what a person must see to. */
export function reportAttempt({ lead, claimed, outcome, after, end }: EndedAttempt, log: Log): void {
	const { destination, delivery } = claimed;
	const { now, tookMs, cooldownUntil = 0 } = end;
	const ids = { leadId: lead.leadId, destination, attempt: delivery.attempts };
	const code = outcome.kind === 'delivered' ? {} : { code: outcome.code };
	const cause = outcome.kind !== 'delivered' && outcome.cause !== undefined ? { cause: outcome.cause } : {};
	log({
		event: 'delivery.attempted',
		level: outcome.kind === 'delivered' ? 'info' : 'warn',
		...ids,
		outcome: outcome.kind,
		...code,
		tookMs,
		sinceReceivedMs: now - lead.receivedAt,
		...(after?.state === 'pending' && { dueInMs: Math.max(after.due, cooldownUntil) - now }),
	});
	if (outcome.kind === 'configuration')
		log({ event: 'delivery.misconfigured', level: 'error', ...ids, outcome: outcome.kind, ...code, ...cause, names: outcome.names });
	const warnings = outcome.kind === 'delivered' ? (outcome.warnings ?? []) : [];
	if (warnings.length > 0)
		log({ event: 'delivery.misconfigured', level: 'warn', ...ids, outcome: outcome.kind, code: 'settings', names: warnings });
	if (after?.state === 'parked') log({ event: 'delivery.parked', level: 'error', ...ids, ...code, ...cause });
}
