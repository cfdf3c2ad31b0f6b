import { bellToleranceMs } from './begin-attempt.ts';
import type { Outcome } from './outcome.ts';
import { type RetrySettings, slowFactor } from './retry-schedule.ts';

/** Why and until when a destination is not called. After that one lead probes it; what it meets ends the rest or prolongs it. */
export interface Rest {
	/** Milliseconds since the epoch; 0 while failures are only counted. */
	until: number;
	why: 'asked' | 'failing' | 'configuration' | 'heldBack';
	code: string;
	/** When the trouble began. */
	since: number;
	/** The latest leads that failed in a row. */
	leads: string[];
	/** Rests in a row for failures: each is twice as long. */
	steps: number;
	/** The lead that tries the destination now that the rest is over. */
	probe?: string;
	/** The settings or the permission at fault. */
	names?: string[];
}

/** So many leads in a row must fail before a destination rests: one lead that it cannot digest is no outage. */
const failuresBeforeRest = 3;

/** The destination's rest after an attempt; undefined when there is none (any more). */
export function restAfter(
	rest: Rest | undefined,
	outcome: Outcome,
	{ leadId, now }: { leadId: string; now: number },
	{ retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'>,
): Rest | undefined {
	// The answer to a call that was under way when the rest began tells nothing new, unless it asks for more.
	if (rest && rest.until > now && rest.probe !== leadId) return prolongWhenAsked(rest, outcome, now);
	// A refusal of one lead is an answer too: the destination works.
	if (outcome.kind === 'delivered' || outcome.kind === 'permanent') return undefined;
	const longestMs = retryFirstMs * slowFactor;
	const leads = [...(rest?.leads ?? []).filter((id) => id !== leadId), leadId].slice(-failuresBeforeRest);
	const common = { code: outcome.code, since: rest?.since ?? now, leads, steps: rest?.steps ?? 0 };
	if (outcome.kind === 'configuration')
		return { ...common, why: 'configuration', until: now + Math.max(longestMs, outcome.retryAfterMs ?? 0), names: outcome.names };
	if (outcome.retryAfterMs !== undefined) return { ...common, why: 'asked', until: now + outcome.retryAfterMs };
	const probed = rest !== undefined && rest.until > 0;
	if (!probed && leads.length < failuresBeforeRest) return { ...common, why: 'failing', until: 0 };
	return {
		...common,
		why: 'failing',
		until: now + Math.min(longestMs, retryFirstMs * 2 ** Math.min(common.steps, 40)),
		steps: common.steps + 1,
	};
}

function prolongWhenAsked(rest: Rest, outcome: Outcome, now: number): Rest {
	if (outcome.kind !== 'transient') return rest;
	const until = now + (outcome.retryAfterMs ?? 0);
	// Who was refused at the same moment names nearly the same time.
	if (until <= rest.until + bellToleranceMs) return rest;
	// A probe under way began before this was asked: its answer does not end the rest.
	const { probe, ...rested } = rest;
	return { ...rested, why: 'asked', code: outcome.code, until };
}
