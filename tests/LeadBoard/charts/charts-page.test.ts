import { describe, expect, it } from '@jest/globals';
import { readChartWish } from '../../../LeadBoard/charts/chart-wish.ts';
import { countTicks, dayNaming, timePlace, timeTicks } from '../../../LeadBoard/charts/scale.ts';
import { boardStyle } from '../../../LeadBoard/frame/style.ts';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import type { DailyCounts } from '../../../shared/journal/journal.ts';
import { askBoard } from '../../support/board-deps.ts';
import { deliveryOf, listedLead, listingJournal } from '../../support/fake-leads.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const hourMs = 3_600_000;
const pageOf = async (leads: ListedLead[], query = '') =>
	(await askBoard(listingJournal(leads).journal, now).ask(`/board/charts${query}`)).text();
const drawn = (page: string) =>
	[...page.matchAll(/<rect x="([\d.]+)%" width="([\d.]+)%" y="([\d.]+)%" height="([\d.]+)%" fill="url\(#fill-(\d)\)"/g)].map((found) =>
		found.slice(1).map(Number),
	);

describe('the charts', () => {
	const lead = (Country: string, ago: number) =>
		listedLead(now - ago, { UserDetails: { Country } }, { deliveries: { email: deliveryOf('delivered', now - ago + 2000) } });

	it('stack the leads of a day, each layer on the one below, in columns that stand where their days are', async () => {
		const page = await pageOf([lead('DE', 0), lead('DE', hourMs), lead('FR', 2 * hourMs), lead('DE', 48 * hourMs)], '?days=7&by=country');
		const [day = [], germany = [], france = []] = drawn(page.slice(page.indexOf('Leads a day by country'), page.indexOf('Outcomes by')));
		expect(day).toEqual([expect.any(Number), expect.any(Number), 66.667, 33.333, 1]);
		expect(germany.slice(2)).toEqual([33.333, 66.667, 1]);
		expect(france.slice(2)).toEqual([0, 33.333, 2]);
		expect(germany[0]).toBe(france[0]);
		expect([day[0], germany[0]].map((x = 0) => Math.floor((x / 100) * 7))).toEqual([4, 6]);
		expect(page).toContain('Most leads came from <bdi>Germany (DE)</bdi>: 3 of 4.');
		expect(page).toContain('href="/board/leads?country=DE&amp;since=2026-11-23"');
	});

	it('say every number in a table, of every day', async () => {
		const page = await pageOf([lead('DE', 0), lead('FR', 0)], '?days=30&by=country');
		const table = page.slice(page.indexOf('<table'), page.indexOf('</table>'));
		expect([...table.matchAll(/<tr>/g)]).toHaveLength(31);
		expect(table.replace(/<a [^>]*>|<\/a>/g, '')).toContain(
			'<th scope="row">2026-11-29 (so far)</th><td class="num">2</td><td class="num">1</td><td class="num">1</td>',
		);
		expect(page).toContain('Days are UTC');
	});

	it('have a name each: the sentence above', async () => {
		const page = await pageOf([lead('DE', 0)]);
		const named = [...page.matchAll(/role="img" aria-labelledby="([\w-]+)"/g)].map(([, id]) => id);
		expect(named).toEqual(['leads-a-day-finding', 'delivery-time-finding']);
		for (const id of named) expect(page).toMatch(new RegExp(`<p class="finding" id="${id}">[^<]+`));
		expect([...page.matchAll(/<svg(?![^>]*(aria-hidden|role="img"))/g)]).toEqual([]);
	});

	it('show what a lead says as text, in a direction of its own, and need no style that the policy forbids', async () => {
		const hostile = `<script>x</script>" onload="x' {{x}}`;
		const offers = [hostile, '\u202Egnp.exe', 'مرحبا', 'x'.repeat(5000), '__proto__', ''];
		const page = await pageOf(
			offers.map((offer) => listedLead(now, { OfferTitle: offer }, { summary: offer ? { offer } : {} })),
			'?by=offer&destination=<b>&days=<i>',
		);
		expect(page).toContain('<bdi>&lt;script&gt;x&lt;/script&gt;&quot; onload=&quot;x&#39; {{x}}</bdi>');
		expect(page).toContain('<bdi>مرحبا</bdi>');
		expect(page).not.toMatch(/<script>|<b>|<i>|\u202E|style=|<style|\son\w+="/);
		expect(page).not.toContain('x'.repeat(300));
		expect(page).toContain('There is no destination &quot;&lt;b&gt;&quot;. The usual is shown.');
	});

	it('are whole with nothing to show', async () => {
		const page = await pageOf([]);
		for (const words of ['No lead was received.', 'There was nothing to deliver.', 'Nothing was delivered.', 'Nothing waits.'])
			expect(page).toContain(words);
		expect(page).not.toMatch(/NaN|Infinity|undefined/);
	});

	it('tell deliveries of erased leads apart: they arrived, and are in no list', async () => {
		const erasedOn = async () => [{ day: '2026-11-28', counts: { received: 9, tests: 0, email: 7 } as DailyCounts }];
		const ask = async (leads: ListedLead[]) =>
			(await askBoard(listingJournal(leads, { counts: erasedOn }).journal, now).ask('/board/charts?days=7')).text();
		const some = await ask([lead('DE', 0)]);
		expect(some).toContain('All 8 deliveries are delivered, 7 of them for leads that were erased since.');
		expect(some).toContain('<td class="num" data-label="Delivered"><a href="/board/leads?state=delivered&amp;destination=email&amp;since=2026-11-23">1</a></td>'); // biome-ignore format: a line
		expect(some).toContain('<td class="num" data-label="Delivered, erased since">7</td>');
		const none = await ask([]);
		for (const words of [
			'Of 9 leads, which are erased, no offer is known any more.',
			'All 7 deliveries are delivered, all of them for leads that were erased since.',
			'How long deliveries took is not known: their leads were erased.',
		])
			expect(none).toContain(words);
		expect(none).not.toMatch(/NaN|Infinity|undefined|Nothing was delivered/);
	});

	it('are told as JSON with the same sentences, and refused for a choice that is none', async () => {
		const { ask } = askBoard(listingJournal([lead('DE', 0), lead('FR', 0), lead('DE', 24 * hourMs)]).journal, now);
		const told = (await (await ask('/api/board/charts?days=7&by=country')).json()) as Record<string, unknown> & { leads: unknown[] };
		expect(told).toMatchObject({
			days: 7,
			by: 'country',
			readAt: '2026-11-29T12:00:00.000Z',
			isCut: false,
			findings: { leads: 'Most leads came from Germany (DE): 2 of 3.', waiting: 'Nothing waits.' },
		});
		expect(told.leads).toHaveLength(7);
		expect(told.leads.at(-1)).toMatchObject({
			day: '2026-11-29',
			leads: 2,
			values: { DE: 1, FR: 1 },
			outcomes: { email: { delivered: 2 } },
			deliveryTimes: { deliveries: 2, p50Ms: 2000, p95Ms: 2000 },
		});
		const refused = await ask('/api/board/charts?days=8');
		expect([refused.status, refused.headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')]);
	});

	it('take their choices from the address', () => {
		const wish = (query: Record<string, string>) => readChartWish((name) => query[name], ['email', 'crm']);
		expect(wish({})).toEqual({ wish: { days: 30, by: 'offer' }, problems: [] });
		expect(wish({ days: '90', by: 'campaign', destination: 'crm' })).toEqual({
			wish: { days: 90, by: 'campaign', destination: 'crm' },
			problems: [],
		});
		for (const query of [{ days: '31' }, { days: '-7' }, { by: 'email' }, { by: 'constructor' }, { destination: 'nowhere' }])
			expect(wish(query as never)).toMatchObject({ wish: { days: 30, by: 'offer' }, problems: [expect.any(String)] });
	});
});

describe('a scale', () => {
	it.each([
		[0, [0, 1]],
		[1, [0, 1]],
		[4, [0, 1, 2, 3, 4]],
		[5, [0, 2, 4, 6]],
		[17, [0, 5, 10, 15, 20]],
		[1200, [0, 500, 1000, 1500]],
	])('for up to %d leads has the steps %j', (largest, steps) => {
		expect(countTicks(largest)).toEqual(steps);
	});

	it.each([
		[0, 0, [100, 1000]],
		[500, 30_000, [100, 1000, 10_000, 60_000]],
		[2000, 2000, [1000, 10_000]],
		[60_000, 60_000, [10_000, 60_000]],
	])('for %d to %d ms has the steps %j', (shortest, longest, steps) => {
		expect(timeTicks(shortest, longest)).toEqual(steps);
	});

	it('holds every time, however long', () => {
		for (const ms of [0, 1, 99, 1e4, 1e9, 1e12, 1e15]) {
			const place = timePlace(ms, timeTicks(ms, ms));
			expect([ms, place >= 0 && place <= 1]).toEqual([ms, true]);
		}
	});

	it.each([7, 30, 90])('names about seven of %d days, today among them', (days) => {
		const named = Array.from({ length: days }, (_, index) => dayNaming(index, days));
		expect(named.at(-1)).toBe('always');
		expect(named.filter(Boolean).length).toBeLessThanOrEqual(7);
		expect(named.filter((naming) => naming === 'always').length).toBeLessThanOrEqual(4);
	});
});

describe('the colours of the charts', () => {
	const [light = '', dark = ''] = boardStyle.split('prefers-color-scheme: dark');
	const colour = (theme: string, name: string) => {
		const hex = new RegExp(`--${name}: #([0-9a-f]+);`).exec(theme)?.[1] ?? '';
		const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
		const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
			const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

	// WCAG 2.2, 1.4.11 and 1.4.3
	it.each([
		['light', light],
		['dark', dark],
	])('can be told from the ground in %s', (_, theme) => {
		const weak = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'].filter((name) => contrast(colour(theme, name), colour(theme, 'surface')) < 3);
		expect(weak).toEqual([]);
		expect(contrast(colour(theme, 'muted'), colour(theme, 'surface'))).toBeGreaterThan(4.5);
	});
});
