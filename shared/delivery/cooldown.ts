import { bellToleranceMs } from './attempt.ts';
import type { DestinationName } from './destination.ts';
import type { Outcome, Permanent } from './outcome.ts';
import { type RetrySettings, slowFactor } from './retry-schedule.ts';

/** Why and until when a destination is not called. After that one lead probes it; what it meets ends the rest or prolongs it. */
export interface Cooldown {
	/** Milliseconds since the epoch; 0 while failures are only counted. */
	until: number;
	/** `refused`: several leads in a row were refused for the same reason, so that it is probably not about them. */
	why: 'asked' | 'failing' | 'configuration' | 'refused' | 'heldBack';
	code: string;
	/** When the trouble began. */
	since: number;
	/** The latest leads that failed in a row. */
	leads: string[];
	/** Cooldowns in a row of one kind: each is twice as long. */
	steps: number;
	/** The lead that tries the destination now that the cooldown is over. */
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

/** So many leads in a row must fail before a destination cools down: one lead that it cannot digest is not an outage. */
export const failuresBeforeCooldown = 3;
const mostRefused = 50;

/** A wish to be asked again at once (`Retry-After: 0`) is none: the destination would be called without a pause for as long as its trouble lasts. */
const leastAskedMs = 1000;
/** After the first, so many wishes in a row are obeyed to the second; who goes on failing after each of them rests longer, as without a wish. */
const shortWishes = 3;

/** The code of an attempt that was not made because a setting is wrong. */
export const settingsCode = 'settings';

/** The lead whose attempt has ended. */
interface Tried {
	leadId: string;
	now: number;
	/** The code with which it was refused before others were taken: the same refusal is its own. */
	ownCode?: string | undefined;
}

/** The destination's cooldown after an attempt; undefined when there is none (any more). */
export function cooldownAfter(
	cooldown: Cooldown | undefined,
	outcome: Outcome,
	tried: Tried,
	{ retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'>,
): Cooldown | undefined {
	const { leadId, now } = tried;
	// The answer to a call that was under way when the cooldown began tells nothing new, unless it asks for more.
	if (cooldown && cooldown.until > now && cooldown.probe !== leadId) return duringCooldown(cooldown, outcome, tried);
	if (outcome.kind === 'delivered') return undefined;
	if (outcome.kind === 'permanent') return afterRefusal(cooldown, outcome, tried, retryFirstMs);
	const leads = [...(cooldown?.leads ?? []).filter((id) => id !== leadId), leadId].slice(-failuresBeforeCooldown);
	// A failure between two refusals does not say that the destination takes leads.
	const refused = cooldown?.refused && { refused: cooldown.refused };
	const common = { code: outcome.code, since: cooldown?.since ?? now, leads, steps: cooldown?.steps ?? 0, at: now, ...refused };
	if (outcome.kind === 'configuration') {
		const { names, retryAfterMs = 0 } = outcome;
		const { steps, lengthMs } = repairStep(cooldown, retryFirstMs);
		return { ...common, why: 'configuration', until: now + Math.max(lengthMs, retryAfterMs), steps, names };
	}
	const probed = cooldown !== undefined && cooldown.until > 0;
	const steps = isRepair(cooldown) ? 0 : common.steps;
	const { retryAfterMs = 0 } = outcome;
	if (retryAfterMs >= leastAskedMs) {
		const lengthMs = Math.max(retryAfterMs, steps < shortWishes ? 0 : stepMs(steps - shortWishes, retryFirstMs));
		return { ...common, why: 'asked', until: now + lengthMs, steps: probed ? steps + 1 : steps };
	}
	if (!probed && leads.length < failuresBeforeCooldown) return { ...common, why: 'failing', until: 0 };
	return { ...common, why: 'failing', until: now + stepMs(steps, retryFirstMs), steps: steps + 1 };
}

const stepMs = (steps: number, retryFirstMs: number) => Math.min(retryFirstMs * slowFactor, retryFirstMs * 2 ** Math.min(steps, 40));

const isRepair = (cooldown: Cooldown | undefined) => cooldown?.why === 'configuration' || cooldown?.why === 'refused';

/** What a person has to repair is looked at after two first steps, then four, eight … (1, 2, 4 … 15 minutes): soon after it was repaired, and yet seldom. */
function repairStep(cooldown: Cooldown | undefined, retryFirstMs: number): { steps: number; lengthMs: number } {
	const steps = cooldown && isRepair(cooldown) ? cooldown.steps : 0;
	return { steps: steps + 1, lengthMs: stepMs(steps + 1, retryFirstMs) };
}

function duringCooldown(cooldown: Cooldown, outcome: Outcome, { leadId, now }: Tried): Cooldown {
	if (outcome.kind === 'transient') return prolongWhenAsked(cooldown, outcome.code, outcome.retryAfterMs ?? 0, now);
	return outcome.kind === 'permanent' && outcome.smallest
		? { ...cooldown, refused: countRefusal(cooldown, outcome.code, leadId) }
		: cooldown;
}

function prolongWhenAsked(cooldown: Cooldown, code: string, retryAfterMs: number, now: number): Cooldown {
	const until = now + retryAfterMs;
	// Who was refused at the same moment names nearly the same time.
	if (until <= cooldown.until + bellToleranceMs) return cooldown;
	// A probe under way began before this was asked: its answer does not end the rest.
	const { probe, ...others } = cooldown;
	return { ...others, why: 'asked', code, until, at: now };
}

/**
 * A refusal of one lead is an answer too: the destination works. Unless leads in a row are refused with the same code and there is nothing left that could
 * be left out of them: then it is the destination's fault, whatever the code means, and none of them is to be parked for it.
 */
function afterRefusal(
	cooldown: Cooldown | undefined,
	outcome: Permanent,
	{ leadId, now, ownCode }: Tried,
	retryFirstMs: number,
): Cooldown | undefined {
	const { code, smallest } = outcome;
	if (!smallest) return undefined;
	const before = cooldown?.refused?.code === code ? cooldown.refused.leads : [];
	// Others were taken since this lead met it: that tells of this lead alone, unless others meet it again.
	if (ownCode === code && before.length < failuresBeforeCooldown) return cooldown?.until === 0 ? cooldown : undefined;
	const refused = countRefusal(cooldown, code, leadId);
	const since = before.length > 0 && cooldown ? cooldown.since : now;
	const common = { why: 'refused' as const, code, since, leads: [], at: now, refused };
	if (refused.leads.length < failuresBeforeCooldown) return { ...common, until: 0, steps: 0 };
	const { steps, lengthMs } = repairStep(cooldown, retryFirstMs);
	return { ...common, until: now + lengthMs, steps, names: [`refusal of every lead with ${code}`] };
}

function countRefusal(cooldown: Cooldown | undefined, code: string, leadId: string): Refused {
	const before = cooldown?.refused?.code === code ? cooldown.refused.leads : [];
	return { code, leads: [...before.filter((id) => id !== leadId), leadId].slice(-mostRefused) };
}

/** Whether the destination cools down because leads are refused alike, and this refusal is one of them: the lead waits with the others. */
export const isRefusedAlike = (cooldown: Cooldown | undefined, outcome: Outcome): boolean =>
	cooldown?.why === 'refused' &&
	cooldown.until > 0 &&
	outcome.kind === 'permanent' &&
	outcome.smallest === true &&
	cooldown.refused?.code === outcome.code;

/** Whether the rest is for settings that were wrong and are right now: settings are read at the start, so this app has started since then. */
export const isRepaired = (
	cooldown: Cooldown,
	destination: DestinationName,
	{ issues }: { issues: { blocks: DestinationName[] }[] },
): boolean =>
	cooldown.why === 'configuration' && cooldown.code === settingsCode && !issues.some(({ blocks }) => blocks.includes(destination));

/**
 * Whether a worker that has started since the cooldown was written may try the destination before its end: who repairs something often starts the app again.
 * Not what the destination itself has asked for, nor a limit of ours.
 */
export const isOlderThan = ({ why, at = 0, probe }: Cooldown, startedAt: number): boolean =>
	why !== 'asked' && why !== 'heldBack' && probe === undefined && at < startedAt;

/** Why a destination cools down, for people; other words may come from a newer version's row. */
export const cooldownReasons: Record<string, string> = {
	asked: 'it asked the app to wait',
	failing: 'several leads in a row failed',
	configuration: 'a setting or a permission is wrong',
	refused: 'several leads in a row were refused for the same reason',
	heldBack: 'the limit of mails per hour is reached',
} satisfies Record<Cooldown['why'], string>;
