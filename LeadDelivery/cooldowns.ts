import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { claimMarginMs } from '../shared/delivery/attempt.ts';
import {
	type Cooldown,
	cooldownAfter,
	failuresBeforeCooldown,
	isOlderThan,
	isRefusedAlike,
	isRepaired,
	type Refused,
} from '../shared/delivery/cooldown.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { kindOf } from '../shared/delivery/destination-kind.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import type { JournaledCooldown } from '../shared/journal/journal.ts';
import { chooseProbe } from '../shared/queues/choose-probe.ts';
import type { Services } from '../shared/services.ts';

/** Why a lead may not try a destination now. */
export interface Refusal {
	until: number;
	/** It is this lead that used up the hour. */
	heldBack?: true;
	/** The rest, when there is one. */
	cooldown?: Cooldown;
	/** Another lead that is to try it first. */
	instead?: string;
}

/** What the destination's cooldown learnt from an outcome. */
export interface Learnt {
	/** Until when the destination cools down. */
	until?: number;
	/** It rests because of this outcome: the lead is the one that will probe it. */
	probes?: boolean;
	/** A cooldown has ended. */
	ended?: boolean;
	/** The refusal is taken for the destination's fault: the lead waits with these, and none of them is parked. */
	alike?: { cooldown: Cooldown; refused: Refused; begins: boolean };
	/** Refusals that were taken for the destination's fault until now: this outcome shows that they were not, or no longer are. */
	cleared?: Refused;
}

/** What this worker knows of the destinations' cooldowns. */
export interface Cooldowns {
	/** Undefined when this lead may try the destination now (after a cooldown, as the one that probes it). */
	admit(destination: DestinationName, leadId: string): Promise<Refusal | undefined>;
	/** @param ownCode of the delivery */
	learn(destination: DestinationName, lead: { leadId: string; ownCode?: string | undefined }, outcome: Outcome): Promise<Learnt>;
	/** Whether this worker has not been asked yet, whether it is news that the lead waits for the destination's cooldown. */
	isNews(destination: DestinationName, leadId: string): boolean;
	/** Whether a refusal that was one lead's own has been taken for the destination's fault meanwhile. */
	refusedAlike(destination: DestinationName, leadId: string, outcome: Outcome): Promise<boolean>;
}

/** A worker believes what it has read for so long: a stale row costs a call, a read per lead costs more. */
const cacheMs = 3000;
const hourMs = 3_600_000;
const mostTold = 1000;
/** Who refuses at the same moment writes the same row. */
const mostRounds = 5;

/** Cooldowns are shared by the journal's row per destination; losing one only costs a call. */
export function createCooldowns(services: Pick<Services, 'settings' | 'clock' | 'deadline' | 'journal'>): Cooldowns {
	const { settings, clock, deadline, journal } = services;
	const cache = new Map<DestinationName, { at: number; known: JournaledCooldown | undefined }>();
	/** A worker that starts may know a repair; it tries a destination once for that, so that many that start in an outage cost few calls. */
	const startedAt = clock();
	const triedAtStart = new Set<DestinationName>();
	const told = new Set<string>();
	const counts = new Map<DestinationName, { hour: number; made: number }>();
	let writes = 0;

	async function read(destination: DestinationName, fresh = false): Promise<JournaledCooldown | undefined> {
		const cached = cache.get(destination);
		if (!fresh && cached && clock() - cached.at < cacheMs) return cached.known;
		const writesBefore = writes;
		const known = await (await journal()).readCooldown(destination, deadline(storageTimeoutMs.aside));
		// What was read while this worker wrote may be older than what it wrote.
		if (writes === writesBefore) cache.set(destination, { at: clock(), known });
		return known;
	}

	async function write(destination: DestinationName, from: JournaledCooldown | undefined, to: Cooldown | undefined): Promise<boolean> {
		try {
			return (await (await journal()).writeCooldown(destination, { from, to }, deadline(storageTimeoutMs.aside))) === 'written';
		} finally {
			writes++;
			cache.delete(destination);
		}
	}

	/** The end of the hour when this instance has made its share of deliveries. */
	async function holdBack(destination: DestinationName): Promise<Refusal | undefined> {
		const cap = kindOf(settings.kinds, destination)?.cap;
		if (!cap) return undefined;
		const now = clock();
		const hour = Math.floor(now / hourMs);
		const known = counts.get(destination);
		const count = known?.hour === hour ? known : { hour, made: 0 };
		counts.set(destination, count);
		if (count.made++ < cap.perHour(settings.own[destination])) return undefined;
		const until = (hour + 1) * hourMs;
		try {
			const known = await read(destination, true);
			if (!known || known.cooldown.until < until)
				await write(destination, known, { until, why: 'heldBack', code: cap.setting, since: now, leads: [], steps: 0 });
		} catch {
			// The count holds without its row: each lead of this hour is held back by itself.
		}
		return { until, heldBack: true };
	}

	/** Whether the destination may be tried before its cooldown is over, because this worker has started since it began. */
	function mayKnowRepair(destination: DestinationName, cooldown: Cooldown): boolean {
		if (cooldown.probe !== undefined) return false;
		return isRepaired(cooldown, destination, settings) || (!triedAtStart.has(destination) && isOlderThan(cooldown, startedAt));
	}

	return {
		async admit(destination, leadId) {
			const known = await read(destination);
			const now = clock();
			if (!known || known.cooldown.until === 0) return holdBack(destination);
			const { cooldown } = known;
			if (cooldown.until > now && !mayKnowRepair(destination, cooldown)) return { until: cooldown.until, cooldown };
			if (cooldown.why === 'refused' && cooldown.refused?.leads.includes(leadId)) {
				const instead = await chooseProbe(destination, cooldown.refused, services);
				if (instead) return { until: now, cooldown, instead };
			}
			// The rest is over: one lead probes. Whoever moves the row's time first is it; if it dies, so does its turn.
			const until = now + settings.attemptTimeoutMs + claimMarginMs;
			if (!(await write(destination, known, { ...cooldown, until, probe: leadId }))) return { until, cooldown };
			triedAtStart.add(destination);
			return holdBack(destination);
		},
		async learn(destination, { leadId, ownCode }, outcome) {
			const works = outcome.kind === 'delivered' || (outcome.kind === 'permanent' && !outcome.smallest);
			if (works && !(await read(destination))) return {};
			for (let round = 1; ; round++) {
				const known = await read(destination, true);
				const before = known?.cooldown;
				const after = cooldownAfter(before, outcome, { leadId, now: clock(), ownCode }, settings);
				// Whose call was under way when the cooldown began waits for its end too.
				if (after === before) return before && before.until > clock() && outcome.kind === 'configuration' ? { until: before.until } : {};
				const written = await write(destination, known, after);
				if (outcome.kind === 'permanent' && !written && round < mostRounds) continue;
				const cooldowns = after !== undefined && after.until > 0;
				const begins = before?.why !== 'refused' || before.until === 0;
				return {
					...(after?.refused && isRefusedAlike(after, outcome) && { alike: { cooldown: after, refused: after.refused, begins } }),
					...(cooldowns && { until: after.until, probes: before?.until !== after.until }),
					ended: written && !cooldowns && before !== undefined && before.until > 0,
					...(written && clearedBy(before, after)),
				};
			}
		},
		isNews(destination, leadId) {
			const key = `${destination} ${leadId}`;
			if (told.has(key)) return false;
			if (told.size >= mostTold) told.clear();
			told.add(key);
			return true;
		},
		async refusedAlike(destination, leadId, outcome) {
			const cooldown = (await read(destination, true))?.cooldown;
			return isRefusedAlike(cooldown, outcome) && (cooldown?.refused?.leads.includes(leadId) ?? false);
		},
	};
}

/** The refusals that were the destination's before, and are not now. */
function clearedBy(before: Cooldown | undefined, after: Cooldown | undefined): Pick<Learnt, 'cleared'> {
	const { refused } = before ?? {};
	const was = refused && refused.leads.length >= failuresBeforeCooldown && after?.refused?.code !== refused.code;
	return was ? { cleared: refused } : {};
}
