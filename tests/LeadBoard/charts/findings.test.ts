import { describe, expect, it } from '@jest/globals';
import type { ChartFacet } from '../../../LeadBoard/charts/chart-wish.ts';
import { chooseSeries } from '../../../LeadBoard/charts/choose-series.ts';
import {
	findingText,
	latencyFinding,
	latencyText,
	leadsFinding,
	outcomesFinding,
	saidText,
	waitingFinding,
} from '../../../LeadBoard/charts/findings.ts';
import { openDay } from '../../../LeadBoard/charts/tally.ts';

const ofLeads = (by: ChartFacet, values: Record<string, number>, { leads, erased = 0 }: { leads?: number; erased?: number } = {}) => {
	const day = openDay('2026-11-29');
	for (const [value, number] of Object.entries(values)) day.values[by].set(value, number);
	day.unknown[by] = erased;
	const all = leads ?? Object.values(values).reduce((sum, number) => sum + number, erased);
	return findingText(leadsFinding({ by, leads: all, series: chooseSeries([day], by) }));
};

describe('the sentence above the leads', () => {
	const rows: [sentence: string, values: Record<string, number>, more?: { leads?: number; erased?: number }][] = [
		['No lead was received.', {}],
		['The only lead came from Germany (DE).', { DE: 1 }],
		['The only lead does not say its country.', { '': 1 }],
		['None of 3 leads says its country.', { '': 3 }],
		['All 4 leads came from Germany (DE).', { DE: 4 }],
		['Most leads came from Germany (DE): 3 of 4.', { DE: 3, FR: 1 }],
		['More leads came from Germany (DE) than from any other country: 41 of 120.', { DE: 41, FR: 40, US: 39 }],
		// Exactly the half is not most.
		['More leads came from Germany (DE) than from any other country: 2 of 4; 1 does not say it.', { DE: 2, FR: 1, '': 1 }],
		['2 countries lead with 2 each of 5 leads: Germany (DE) and France (FR); 1 does not say it.', { DE: 2, FR: 2, '': 1 }],
		['3 countries lead with 2 each of 7 leads: Germany (DE), Spain (ES) and France (FR).', { DE: 2, FR: 2, ES: 2, US: 1 }],
		['No country stands out: none has more than 1 of 4 leads.', { DE: 1, FR: 1, ES: 1, US: 1 }],
		['No country stands out: none has more than 1 of 7 leads.', { DE: 1, FR: 1, ES: 1, US: 1, IT: 1, NL: 1, SE: 1 }],
		['Most leads came from Germany (DE): 6 of 8; of 1 erased lead it is not known.', { DE: 6, FR: 1 }, { erased: 1 }],
		['Of 2 leads, which are erased, no country is known any more.', {}, { erased: 2 }],
		['Of 3 leads, no country is known.', { '': 1 }, { erased: 2 }],
	];
	it.each(rows.map(([sentence, values, more = {}]) => [sentence, values, more] as const))('is: %s', (sentence, values, more) => {
		expect(ofLeads('country', values, more)).toBe(sentence);
	});

	it('has words for each choice', () => {
		expect(ofLeads('offer', { 'Contoso CRM': 2, Other: 1, Third: 1 })).toBe(
			'More leads are for the offer Contoso CRM than for any other: 2 of 4.',
		);
		expect(ofLeads('action', { PLT: 3, INS: 1 })).toBe('Most leads have the action Contact me (PLT): 3 of 4.');
		expect(ofLeads('campaign', { spring: 3, summer: 2 }, { leads: 4 })).toBe('Most leads name the campaign spring: 3 of 4.');
		expect(ofLeads('offer', { X: 1 })).toBe('The only lead is for the offer X.');
	});

	it('says only a part of a long text, on one line, and nothing that turns the rest around', () => {
		expect(saidText('offer', `${'👩‍🚀'.repeat(60)}`)).toMatch(/^.{1,400}…$/u);
		expect(saidText('offer', 'a\n\u202Eb')).toBe('a \\u202eb');
		expect(saidText('offer', '<b>&')).toBe('<b>&');
	});
});

describe('the sentence above the outcomes', () => {
	const outcomes = (counts: Partial<Record<'delivered' | 'pending' | 'parked' | 'closed' | 'unreadable' | 'erased', number>>) =>
		findingText(outcomesFinding([['email', { delivered: 0, pending: 0, parked: 0, closed: 0, unreadable: 0, ...counts }]]));
	it.each([
		['There was nothing to deliver.', {}],
		['The only delivery is delivered.', { delivered: 1 }],
		['All 5 deliveries are delivered.', { delivered: 5 }],
		['None of 1 delivery is delivered; 1 waits.', { pending: 1 }],
		['1 of 3 deliveries is delivered; 1 is parked and 1 was closed by a person.', { delivered: 1, parked: 1, closed: 1 }],
		['The only delivery is delivered; its lead was erased since.', { erased: 1 }],
		['All 5 deliveries are delivered, 2 of them for leads that were erased since.', { delivered: 3, erased: 2 }],
		['All 5 deliveries are delivered, all of them for leads that were erased since.', { erased: 5 }],
		['4 of 5 deliveries are delivered, 1 of them for leads that were erased since; 1 is parked.', { delivered: 3, erased: 1, parked: 1 }],
		[
			'1,000 of 1,006 deliveries are delivered; 3 wait, 2 are parked and 1 cannot be read by this version.',
			{ delivered: 1000, pending: 3, parked: 2, unreadable: 1 },
		],
	])('is: %s', (sentence, counts) => {
		expect(outcomes(counts)).toBe(sentence);
	});
});

it.each([
	['Nothing was delivered.', { deliveries: 0 }],
	['The only delivery took 3.2 s.', { deliveries: 1, half: 3210, most: 3210 }],
	['95 % of 7 deliveries took 2 s or less.', { deliveries: 7, half: 2000, most: 2010 }],
	['Half of 238 deliveries took 2 s or less, 95 % took 4 min or less.', { deliveries: 238, half: 2000, most: 240_000 }],
])('the sentence above the delivery times is: %s', (sentence, latency) => {
	expect(findingText(latencyFinding(latency))).toBe(sentence);
});

it.each([
	[0, '0 ms'],
	[49, '49 ms'],
	[50, '0.1 s'],
	[9949, '9.9 s'],
	[59_900, '60 s'],
	[90_000, '1.5 min'],
	[3_600_000, '1 h'],
	[86_400_000, '1 day'],
	[11 * 86_400_000, '11 days'],
])('%d ms is %s', (ms, text) => {
	expect(latencyText(ms)).toBe(text);
});

it.each([
	['Nothing waits.', { waiting: 0, parked: 0 }],
	['1 delivery waits for the next attempt; the oldest lead was received 2 h ago.', { waiting: 1, parked: 0 }],
	['1 delivery is parked and waits for a person; the oldest lead was received 2 h ago.', { waiting: 0, parked: 1 }],
	[
		'At least 1,000 deliveries wait for the next attempt and 2 are parked and wait for a person; the oldest lead was received 2 h ago.',
		{ waiting: 1000, parked: 2, more: true },
	],
])('the sentence above what waits is: %s', (sentence, waiting) => {
	const oldest = waiting.waiting + waiting.parked > 0 ? { oldest: 0 } : {};
	expect(findingText(waitingFinding({ ages: [], more: false, ...oldest, ...waiting }, 2 * 3_600_000))).toBe(sentence);
});
