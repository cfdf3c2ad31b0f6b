import { claimMarginMs } from '../shared/delivery/begin-attempt.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import { type Rest, restAfter } from '../shared/delivery/rest.ts';
import type { JournaledRest } from '../shared/journal/journal.ts';
import type { Services } from '../shared/services.ts';

/** What this worker knows of the destinations' rests. */
export interface Rests {
	/**
	 * Until when the destination is not called, and whether it is this lead that used up the hour; undefined when this lead may try it now (after a rest, as
	 * the one that probes it).
	 */
	admit(destination: DestinationName, leadId: string): Promise<{ until: number; heldBack?: boolean } | undefined>;
	/** Learns from an outcome: until when the destination rests now because of it, and whether it has ended a rest. */
	learn(destination: DestinationName, leadId: string, outcome: Outcome): Promise<{ until?: number; ended?: boolean }>;
}

/** A worker believes what it has read for so long: a stale row costs a call, a read per lead costs more. */
const cacheMs = 3000;
const storageTimeoutMs = 5000;
const hourMs = 3_600_000;

/** Rests are shared by the journal's row per destination; losing one only costs a call. */
export function createRests({ settings, clock, deadline, journal }: Pick<Services, 'settings' | 'clock' | 'deadline' | 'journal'>): Rests {
	const cache = new Map<DestinationName, { at: number; known: JournaledRest | undefined }>();
	let mails = { hour: 0, sent: 0 };

	async function read(destination: DestinationName, fresh = false): Promise<JournaledRest | undefined> {
		const cached = cache.get(destination);
		if (!fresh && cached && clock() - cached.at < cacheMs) return cached.known;
		const known = await (await journal()).readRest(destination, deadline(storageTimeoutMs));
		cache.set(destination, { at: clock(), known });
		return known;
	}

	async function write(destination: DestinationName, from: JournaledRest | undefined, to: Rest | undefined): Promise<boolean> {
		cache.delete(destination);
		return (await (await journal()).writeRest(destination, { from, to }, deadline(storageTimeoutMs))) === 'written';
	}

	/** The end of the hour when this instance has sent its share of mails. */
	async function holdBack(destination: DestinationName): Promise<{ until: number; heldBack: true } | undefined> {
		if (destination !== 'email') return undefined;
		const now = clock();
		const hour = Math.floor(now / hourMs);
		if (mails.hour !== hour) mails = { hour, sent: 0 };
		if (mails.sent++ < settings.email.maxPerHour) return undefined;
		const until = (hour + 1) * hourMs;
		try {
			const known = await read(destination, true);
			if (!known || known.rest.until < until)
				await write(destination, known, { until, why: 'heldBack', code: 'EMAIL_MAX_PER_HOUR', since: now, leads: [], steps: 0 });
		} catch {
			// The count holds without its row: each lead of this hour is held back by itself.
		}
		return { until, heldBack: true };
	}

	return {
		async admit(destination, leadId) {
			const known = await read(destination);
			const now = clock();
			if (!known || known.rest.until === 0) return holdBack(destination);
			if (known.rest.until > now) return { until: known.rest.until };
			// The rest is over: one lead probes. Whoever moves the row's time first is it; if it dies, so does its turn.
			const until = now + settings.attemptTimeoutMs + claimMarginMs;
			if (!(await write(destination, known, { ...known.rest, until, probe: leadId }))) return { until };
			return holdBack(destination);
		},
		async learn(destination, leadId, outcome) {
			const works = outcome.kind === 'delivered' || outcome.kind === 'permanent';
			if (works && !(await read(destination))) return {};
			const known = await read(destination, true);
			const rest = restAfter(known?.rest, outcome, { leadId, now: clock() }, settings);
			if (rest === known?.rest) return {};
			const written = await write(destination, known, rest);
			if (rest) return rest.until > 0 ? { until: rest.until } : {};
			return { ended: written && known !== undefined && known.rest.until > 0 };
		},
	};
}
