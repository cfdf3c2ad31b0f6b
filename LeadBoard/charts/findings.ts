import { escapeControls } from '../../shared/operate/export/to-csv.ts';
import { inWords } from '../../shared/operate/lead-facets.ts';
import { durationText } from '../../shared/operate/time-words.ts';
import type { ChartFacet } from './chart-wish.ts';
import type { Series } from './choose-series.ts';
import type { Waiting } from './read-waiting.ts';
import { type Latency, type Outcomes, sumOf } from './sum-days.ts';

/** A sentence: our words, and in between what leads say, which is isolated where it is shown. */
export type Finding = (string | { said: string })[];

const shownOf = 80;

/** What a lead says, for a page: cut where it is long, and nothing in it turns round what stands beside it. */
export function saidText(facet: ChartFacet, value: string): string {
	const letters = Array.from(escapeControls(inWords(facet, value)).replace(/\s+/g, ' '));
	return letters.length > shownOf ? `${letters.slice(0, shownOf - 1).join('')}…` : letters.join('');
}

/** A finding as one text. */
export const findingText = (finding: Finding): string => finding.map((part) => (typeof part === 'string' ? part : part.said)).join('');

export const counted = (number: number, noun: string, nouns = `${noun}s`): string =>
	`${number.toLocaleString('en')} ${number === 1 ? noun : nouns}`;
const number = (count: number) => count.toLocaleString('en');

const facetWords: Record<ChartFacet, { is: string; are: string; than: string; one: string; many: string }> = {
	offer: { is: 'is for the offer', are: 'are for the offer', than: 'than for any other', one: 'offer', many: 'offers' },
	country: { is: 'came from', are: 'came from', than: 'than from any other country', one: 'country', many: 'countries' },
	action: { is: 'has the action', are: 'have the action', than: 'than any other', one: 'action', many: 'actions' },
	campaign: { is: 'names the campaign', are: 'name the campaign', than: 'than any other', one: 'campaign', many: 'campaigns' },
};

/** Which value leads have most often. `leads` may be less than the layers together, where a lead is under several values. */
export function leadsFinding({ by, leads, series }: { by: ChartFacet; leads: number; series: Series[] }): Finding {
	const words = facetWords[by];
	const values = series.filter(({ kind }) => kind === 'value');
	const [first] = values;
	const totalOf = (kind: Series['kind']) => series.find((layer) => layer.kind === kind)?.total ?? 0;
	const [notSaid, erased] = [totalOf('notSaid'), totalOf('erased')];
	if (leads === 0) return ['No lead was received.'];
	if (!first) {
		if (notSaid === 0)
			return [`Of ${counted(leads, 'lead')}, which ${leads === 1 ? 'is' : 'are'} erased, no ${words.one} is known any more.`];
		if (erased > 0) return [`Of ${counted(leads, 'lead')}, no ${words.one} is known.`];
		return [leads === 1 ? `The only lead does not say its ${words.one}.` : `None of ${number(leads)} leads says its ${words.one}.`];
	}
	const said = ({ value = '' }: Series) => ({ said: saidText(by, value) });
	const rest: Finding = [
		...(notSaid > 0 ? [`; ${number(notSaid)} ${notSaid === 1 ? 'does' : 'do'} not say it`] : []),
		...(erased > 0 ? [`; of ${counted(erased, 'erased lead')} it is not known`] : []),
		'.',
	];
	if (leads === 1 && values.length === 1) return [`The only lead ${words.is} `, said(first), '.'];
	if (first.total === leads && values.length === 1) return [`All ${number(leads)} leads ${words.are} `, said(first), '.'];
	const same = values.filter(({ total }) => total === first.total);
	// Behind the values that are shown there may be more with as many leads.
	const mayBeMore = same.length === values.length && series.some(({ kind }) => kind === 'others');
	if (same.length === 1) {
		const isMost = first.total * 2 > leads;
		const than = isMost ? '' : ` ${words.than}`;
		return [`${isMost ? 'Most' : 'More'} leads ${words.are} `, said(first), `${than}: ${number(first.total)} of ${number(leads)}`, ...rest];
	}
	if (same.length > 3 || mayBeMore)
		return [`No ${words.one} stands out: none has more than ${number(first.total)} of ${counted(leads, 'lead')}`, ...rest];
	const names = same.flatMap((layer, index): Finding => [index === 0 ? '' : index === same.length - 1 ? ' and ' : ', ', said(layer)]);
	return [`${number(same.length)} ${words.many} lead with ${number(first.total)} each of ${counted(leads, 'lead')}: `, ...names, ...rest];
}

/** Where the deliveries stand. */
export function outcomesFinding(outcomes: [name: string, counts: Outcomes][]): Finding {
	const sum = (state: keyof Outcomes) => sumOf(outcomes.map(([, counts]) => counts[state] ?? 0));
	const all = sumOf(outcomes.flatMap(([, counts]) => Object.values(counts)));
	const erased = sum('erased');
	const delivered = sum('delivered') + erased;
	const since = erased === 0 ? '' : `, ${erased === delivered ? 'all' : number(erased)} of them for leads that were erased since`;
	if (all === 0) return ['There was nothing to deliver.'];
	if (all === 1 && erased === 1) return ['The only delivery is delivered; its lead was erased since.'];
	if (delivered === all) return [all === 1 ? 'The only delivery is delivered.' : `All ${number(all)} deliveries are delivered${since}.`];
	const is = (count: number) => (count === 1 ? 'is' : 'are');
	const others = [
		[sum('pending'), (count: number) => `${number(count)} ${count === 1 ? 'waits' : 'wait'}`],
		[sum('parked'), (count: number) => `${number(count)} ${is(count)} parked`],
		[sum('closed'), (count: number) => `${number(count)} ${count === 1 ? 'was' : 'were'} closed by a person`],
		[sum('unreadable'), (count: number) => `${number(count)} cannot be read by this version`],
	] as const;
	const parts = others.flatMap(([count, words]) => (count > 0 ? [words(count)] : []));
	const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');
	return [
		`${delivered === 0 ? 'None' : number(delivered)} of ${counted(all, 'delivery', 'deliveries')} ${is(delivered || 1)} delivered${since}; ${list}.`,
	];
}

/** How long deliveries took; `erased`: so many more, of which no times are kept. */
export function latencyFinding({ deliveries, half, most }: Latency, erased = 0): Finding {
	if (half === undefined || most === undefined)
		return [erased > 0 ? 'How long deliveries took is not known: their leads were erased.' : 'Nothing was delivered.'];
	if (deliveries === 1) return [`The only delivery took ${latencyText(half)}.`];
	if (latencyText(half) === latencyText(most)) return [`95 % of ${number(deliveries)} deliveries took ${latencyText(most)} or less.`];
	return [`Half of ${number(deliveries)} deliveries took ${latencyText(half)} or less, 95 % took ${latencyText(most)} or less.`];
}

/** What waits, and since when. */
export function waitingFinding({ waiting, parked, oldest, more }: Waiting, now: number): Finding {
	if (oldest === undefined) return ['Nothing waits.'];
	const atLeast = more ? 'At least ' : '';
	const age = `the oldest lead was received ${durationText(now - oldest)} ago`;
	const person = `${number(parked)} ${parked === 1 ? 'is' : 'are'} parked and ${parked === 1 ? 'waits' : 'wait'} for a person`;
	if (waiting === 0)
		return [
			`${atLeast}${counted(parked, 'delivery', 'deliveries')} ${parked === 1 ? 'is' : 'are'} parked and ${parked === 1 ? 'waits' : 'wait'} for a person; ${age}.`,
		];
	return [
		`${atLeast}${counted(waiting, 'delivery waits', 'deliveries wait')} for the next attempt${parked > 0 ? ` and ${person}` : ''}; ${age}.`,
	];
}

const units = [
	['days', 86_400_000],
	['h', 3_600_000],
	['min', 60_000],
	['s', 1000],
] as const;

/** A length of time to two digits: `0.4 s`, `12 s`, `1.5 min`, `3.2 h`. */
export function latencyText(ms: number): string {
	if (ms < 50) return `${Math.round(ms)} ms`;
	for (const [unit, size] of units) {
		const count = ms / size;
		const text = count < 9.95 ? String(Math.round(count * 10) / 10) : String(Math.round(count));
		if (count >= 1 || unit === 's') return `${text} ${unit === 'days' && text === '1' ? 'day' : unit}`;
	}
	return '';
}
