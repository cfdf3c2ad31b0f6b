import { clean, fold } from '../../shared/lead/clean-text.ts';
import type { Lead } from '../../shared/lead/lead.ts';

/** A lead as it is compared. */
export interface Comparable {
	leadId: string;
	/** Milliseconds since the epoch. */
	receivedAt: number;
	lead: Lead;
	/** How many rows of a file may be this lead: it came so often. */
	receipts?: number;
}

/** By what two leads are the same, in words. */
export type By = string;

export interface Match {
	/** Indexes. */
	there: number;
	here: number;
	by: By;
}

/** One way to know a lead again: the same key, within the time. */
interface Way {
	by: By;
	/** Undefined: it has nothing to be known by in this way. */
	there: Key;
	here: Key;
}

type Key = (lead: Comparable) => string | undefined;

/** Clocks differ by seconds: what is so near is taken before what is far. */
const nearMs = 15 * 60_000;

/**
 * Pairs the leads of a file (`there`) with those of the journal (`here`), each at most once, and a lead of the journal as often as it came. The surest ways go
 * first; within one way and key, the earliest go together, which leaves the fewest alone.
 *
 * @param withinMs how far apart the two times may be
 */
export function matchLeads(there: readonly Comparable[], here: readonly Comparable[], withinMs: number): Match[] {
	const matches: Match[] = [];
	const open = new Set(there.keys());
	const left = here.map(({ receipts = 1 }) => Math.max(1, receipts));
	for (const way of waysFor(there, here))
		for (const limit of [Math.min(nearMs, withinMs), withinMs]) {
			const waiting = groupBy(there, [...open], way.there);
			const offered = groupBy(
				here,
				[...here.keys()].filter((index) => (left[index] ?? 0) > 0),
				way.here,
			);
			for (const [name, rows] of waiting)
				for (const [row, candidate] of pair(rows, offered.get(name) ?? [], { there, here, left, limit })) {
					matches.push({ there: row, here: candidate, by: way.by });
					open.delete(row);
				}
		}
	return matches.sort((one, other) => one.there - other.there);
}

/**
 * Where both sides know the name of an offer, it must be the same. An offer that is named in one way there and in another here (by id, in another language)
 * says nothing: then who and when must do, as for a lead that names no offer.
 */
function waysFor(there: readonly Comparable[], here: readonly Comparable[]): Way[] {
	const namesThere = namesIn(there);
	const namesHere = namesIn(here);
	const same = (by: By, key: Key): Way => ({ by, there: key, here: key });
	const withOffer = (key: Key): Pick<Way, 'there' | 'here'> => {
		const among = (names: Set<string>) => (lead: Comparable) =>
			both(
				key(lead),
				offersOf(lead).find((name) => names.has(name)),
			);
		return { there: among(namesHere), here: among(namesThere) };
	};
	const only = (key: Key, isMeant: (lead: Comparable) => boolean) => (lead: Comparable) => (isMeant(lead) ? key(lead) : undefined);
	const hasNone = (lead: Comparable) => offersOf(lead).length === 0;
	const isStrangeTo = (names: Set<string>) => (lead: Comparable) => !hasNone(lead) && !offersOf(lead).some((name) => names.has(name));
	return [
		same('imported before', ({ leadId }) => leadId),
		...whos.flatMap(([who, key]) => [
			{ by: `${who}, offer and action`, ...withOffer((lead) => both(key(lead), lead.lead.action && fold(lead.lead.action))) },
			{ by: `${who} and offer`, ...withOffer(key) },
		]),
		...whos.flatMap(([who, key]): Way[] => [
			{ by: `${who}; no offer is named in the file`, there: only(key, hasNone), here: key },
			{ by: `${who}; no offer is named in the journal`, there: key, here: only(key, hasNone) },
			{ by: `${who}; the offer has another name`, there: only(key, isStrangeTo(namesHere)), here: only(key, isStrangeTo(namesThere)) },
		]),
	];
}

/** Who it is, the surest first. */
const whos: [string, Key][] = [
	['address', ({ lead: { email } }) => email && fold(email)],
	['phone', ({ lead: { phone } }) => phoneKey(phone)],
	['name', ({ lead }) => nameKey(lead)],
	['company', ({ lead }) => (lead.hasContact || nameKey(lead) ? undefined : lead.company && fold(lead.company))],
	['no contact data', ({ lead }) => (lead.hasContact || nameKey(lead) || lead.company ? undefined : 'nobody')],
];

const both = (...parts: (string | undefined)[]) => (parts.every(Boolean) ? parts.join('\n') : undefined);
const namesIn = (leads: readonly Comparable[]) => new Set(leads.flatMap(offersOf));

/** Every name that a lead gives its offer. */
const offersOf = ({ lead: { offerTitle, offer, publisher } }: Comparable): string[] =>
	[offerTitle, offer, publisher && offer && `${publisher}.${offer}`].flatMap((name) => (name ? [fold(name)] : []));

/** The last digits: a country code may be missing, a plus is lost in spreadsheets. */
function phoneKey(phone: string | undefined): string | undefined {
	const digits = clean(phone ?? '')
		.normalize('NFKC')
		.replace(/\D/g, '');
	return digits.length >= 7 ? digits.slice(-9) : undefined;
}

/** Without accents, in any order: `Lovelace, Ada` is `Ada Lovelace`. */
function nameKey({ firstName = '', lastName = '' }: Lead): string | undefined {
	const words = `${firstName} ${lastName}`
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu);
	return words ? words.sort().join(' ') : undefined;
}

function groupBy(leads: readonly Comparable[], indexes: number[], key: Key): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	for (const index of indexes) {
		const lead = leads[index];
		const name = lead && key(lead);
		if (name === undefined) continue;
		const group = groups.get(name);
		if (group) group.push(index);
		else groups.set(name, [index]);
	}
	for (const group of groups.values()) group.sort((one, other) => timeOf(leads, one) - timeOf(leads, other));
	return groups;
}

const timeOf = (leads: readonly Comparable[], index: number) => leads[index]?.receivedAt ?? 0;

/** Both lists are in the order of time: whatever is too early for the first of the other can meet no one. */
function* pair(
	rows: number[],
	candidates: number[],
	{ there, here, left, limit }: { there: readonly Comparable[]; here: readonly Comparable[]; left: number[]; limit: number },
): Generator<[number, number]> {
	let next = 0;
	for (const row of rows) {
		const at = timeOf(there, row);
		let candidate = candidates[next];
		while (candidate !== undefined && ((left[candidate] ?? 0) === 0 || timeOf(here, candidate) < at - limit))
			candidate = candidates[++next];
		if (candidate === undefined) return;
		if (timeOf(here, candidate) > at + limit) continue;
		left[candidate] = (left[candidate] ?? 0) - 1;
		yield [row, candidate];
	}
}
