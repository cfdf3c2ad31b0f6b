import { bellToleranceMs } from './begin-attempt.ts';
import type { DestinationName } from './destination.ts';
import type { Outcome, Permanent } from './outcome.ts';
import { type RetrySettings, slowFactor } from './retry-schedule.ts';

/** Why and until when a destination is not called. After that one lead probes it; what it meets ends the rest or prolongs it. */
export interface Rest {
	/** Milliseconds since the epoch; 0 while failures are only counted. */
	until: number;
	/** `refused`: leads in a row were refused alike, so that it is hardly about them. */
	why: 'asked' | 'failing' | 'configuration' | 'refused' | 'heldBack';
	code: string;
	/** When the trouble began. */
	since: number;
	/** The latest leads that failed in a row. */
	leads: string[];
	/** Rests in a row of one kind: each is twice as long. */
	steps: number;
	/** The lead that tries the destination now that the rest is over. */
	probe?: string;
	/** The settings or the permission at fault. */
	names?: string[];
	/** When it was written: a worker that has started since then may know a repair. */
	at?: number;
	refused?: Refused;
}

/** The latest leads in a row that were refused with the same code although in their smallest form. */
export interface Refused {
	code: string;
	leads: string[];
}

/** So many leads in a row must fail before a destination rests: one lead that it cannot digest is no outage. */
export const failuresBeforeRest = 3;
const mostRefused = 50;

/** The code of an attempt that was not made because a setting is wrong. */
export const settingsCode = 'settings';

/** The lead whose attempt has ended. */
interface Tried {
	leadId: string;
	now: number;
	/** The code with which it was refused before others were taken: the same refusal is its own. */
	ownCode?: string | undefined;
}

/** The destination's rest after an attempt; undefined when there is none (any more). */
export function restAfter(
	rest: Rest | undefined,
	outcome: Outcome,
	tried: Tried,
	{ retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'>,
): Rest | undefined {
	const { leadId, now } = tried;
	// The answer to a call that was under way when the rest began tells nothing new, unless it asks for more.
	if (rest && rest.until > now && rest.probe !== leadId) return duringRest(rest, outcome, tried);
	if (outcome.kind === 'delivered') return undefined;
	if (outcome.kind === 'permanent') return afterRefusal(rest, outcome, tried, retryFirstMs);
	const leads = [...(rest?.leads ?? []).filter((id) => id !== leadId), leadId].slice(-failuresBeforeRest);
	// A failure between two refusals does not say that the destination takes leads.
	const refused = rest?.refused && { refused: rest.refused };
	const common = { code: outcome.code, since: rest?.since ?? now, leads, steps: rest?.steps ?? 0, at: now, ...refused };
	if (outcome.kind === 'configuration') {
		const { names, retryAfterMs = 0 } = outcome;
		const { steps, lengthMs } = repairStep(rest, retryFirstMs);
		return { ...common, why: 'configuration', until: now + Math.max(lengthMs, retryAfterMs), steps, names };
	}
	if (outcome.retryAfterMs !== undefined) return { ...common, why: 'asked', until: now + outcome.retryAfterMs };
	const probed = rest !== undefined && rest.until > 0;
	if (!probed && leads.length < failuresBeforeRest) return { ...common, why: 'failing', until: 0 };
	const steps = isRepair(rest) ? 0 : common.steps;
	return { ...common, why: 'failing', until: now + stepMs(steps, retryFirstMs), steps: steps + 1 };
}

const stepMs = (steps: number, retryFirstMs: number) => Math.min(retryFirstMs * slowFactor, retryFirstMs * 2 ** Math.min(steps, 40));

const isRepair = (rest: Rest | undefined) => rest?.why === 'configuration' || rest?.why === 'refused';

/** What a person has to repair is looked at after two first steps, then four, eight … (1, 2, 4 … 15 minutes): soon after it was repaired, and yet seldom. */
function repairStep(rest: Rest | undefined, retryFirstMs: number): { steps: number; lengthMs: number } {
	const steps = rest && isRepair(rest) ? rest.steps : 0;
	return { steps: steps + 1, lengthMs: stepMs(steps + 1, retryFirstMs) };
}

function duringRest(rest: Rest, outcome: Outcome, { leadId, now }: Tried): Rest {
	if (outcome.kind === 'transient') return prolongWhenAsked(rest, outcome.code, outcome.retryAfterMs ?? 0, now);
	return outcome.kind === 'permanent' && outcome.smallest ? { ...rest, refused: countRefusal(rest, outcome.code, leadId) } : rest;
}

function prolongWhenAsked(rest: Rest, code: string, retryAfterMs: number, now: number): Rest {
	const until = now + retryAfterMs;
	// Who was refused at the same moment names nearly the same time.
	if (until <= rest.until + bellToleranceMs) return rest;
	// A probe under way began before this was asked: its answer does not end the rest.
	const { probe, ...rested } = rest;
	return { ...rested, why: 'asked', code, until, at: now };
}

/**
 * A refusal of one lead is an answer too: the destination works. Unless leads in a row are refused with the same code and there is nothing left that could
 * be left out of them: then it is the destination's fault, whatever the code means, and none of them is to be parked for it.
 */
function afterRefusal(rest: Rest | undefined, outcome: Permanent, { leadId, now, ownCode }: Tried, retryFirstMs: number): Rest | undefined {
	const { code, smallest } = outcome;
	if (!smallest) return undefined;
	const before = rest?.refused?.code === code ? rest.refused.leads : [];
	// Others were taken since this lead met it: that tells of this lead alone, unless others meet it again.
	if (ownCode === code && before.length < failuresBeforeRest) return rest?.until === 0 ? rest : undefined;
	const refused = countRefusal(rest, code, leadId);
	const since = before.length > 0 && rest ? rest.since : now;
	const common = { why: 'refused' as const, code, since, leads: [], at: now, refused };
	if (refused.leads.length < failuresBeforeRest) return { ...common, until: 0, steps: 0 };
	const { steps, lengthMs } = repairStep(rest, retryFirstMs);
	return { ...common, until: now + lengthMs, steps, names: [`refusal of every lead with ${code}`] };
}

function countRefusal(rest: Rest | undefined, code: string, leadId: string): Refused {
	const before = rest?.refused?.code === code ? rest.refused.leads : [];
	return { code, leads: [...before.filter((id) => id !== leadId), leadId].slice(-mostRefused) };
}

/** Whether the destination rests because leads are refused alike, and this refusal is one of them: the lead waits with the others. */
export const isRefusedAlike = (rest: Rest | undefined, outcome: Outcome): boolean =>
	rest?.why === 'refused' &&
	rest.until > 0 &&
	outcome.kind === 'permanent' &&
	outcome.smallest === true &&
	rest.refused?.code === outcome.code;

/** Whether the rest is for settings that were wrong and are right now: settings are read at the start, so this app has started since then. */
export const isRepaired = (rest: Rest, destination: DestinationName, { issues }: { issues: { blocks: DestinationName[] }[] }): boolean =>
	rest.why === 'configuration' && rest.code === settingsCode && !issues.some(({ blocks }) => blocks.includes(destination));

/**
 * Whether a worker that has started since the rest was written may try the destination before its end: who repairs something often starts the app anew.
 * Not what the destination itself has asked for, nor a limit of ours.
 */
export const isOlderThan = ({ why, at = 0, probe }: Rest, startedAt: number): boolean =>
	why !== 'asked' && why !== 'heldBack' && probe === undefined && at < startedAt;
