import { describe, expect, it } from '@jest/globals';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { askBoard } from '../../support/board-deps.ts';
import { deliveryOf, listedLead, listingJournal } from '../../support/fake-leads.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const summary = { name: 'Ada Lovelace', offer: 'CRM', isWhole: true as const };
const leads = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		listedLead(now - index, {}, { summary, deliveries: { crm: deliveryOf('delivered', now), 'webhook:old': deliveryOf('parked', now) } }),
	);
const open = (count: number) => {
	const given = listingJournal(leads(count), { named: async () => ['crm', 'webhook:old'] });
	return { ...askBoard(given.journal, now), pages: given.pages };
};
const textOf = (page: string) =>
	page
		.slice(page.indexOf('<main'), page.indexOf('</main'))
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
const long = 'x'.repeat(2000);
const turned = encodeURIComponent('\u202Egnp');

describe('a filter that someone has written into an address', () => {
	it.each([
		['dates the wrong way round', 'since=2026-11-30&until=2026-11-01', '&quot;2026-11-30&quot; is later than &quot;2026-11-01&quot;'],
		['durations the wrong way round', 'since=P7D&until=P30D', '&quot;P7D&quot; is later than &quot;P30D&quot;'],
		['a state that is none', 'state=%3Cscript%3E', 'There is no state &quot;&lt;script&gt;&quot;.'],
		['a state of every object', 'state=constructor', 'There is no state &quot;constructor&quot;.'],
		['what is on another page', 'state=rejected', 'Payloads that could not be read as a lead are on the page Rejected.'],
		['a text that is too long', `offer=${long}`, 'is longer than 200 characters'],
		['a state that is too long', `state=${long}`, 'is longer than 200 characters'],
		['a destination that no lead went to', 'destination=webhook:gone', 'There is no destination &quot;webhook:gone&quot;.'],
		['a text that turns others round', `destination=${turned}`, 'There is no destination &quot;\\u202egnp&quot;.'],
		['a date that is none', 'since=2026-02-30', '&quot;2026-02-30&quot; is not a date'],
		['a cursor that is none', 'after=nonsense', '(&quot;after&quot;) is no place in a list'],
		['a longer cursor', `after=${long}`, '(&quot;after&quot;) is no place in a list'],
	])('is refused with a sentence, and nothing is looked for or exported: %s', async (_, query, sentence) => {
		const { ask, pages } = open(3);
		const page = await (await ask(`/board/leads?${query}`)).text();
		expect(textOf(page)).toContain(sentence);
		expect(textOf(page)).toContain('Nothing was looked for.');
		expect(page).not.toMatch(/Nothing matches|<script>|\u202E|Ada Lovelace/);
		const told = await ask(`/api/board/leads?${query}`);
		expect([told.status, pages]).toEqual([400, []]);
	});

	it.each([
		['another case', 'state=DELIVERED&destination=CRM', 2],
		['a destination that no setting names any more', 'destination=webhook:old&offer=crm', 2],
		['blanks', 'offer=%20%20&state=', 2],
		['a lead that is gone', 'after=01ffffff-ffff-7fff-bfff-ffffffffffff', 2],
		['its last lead', `after=${leads(1)[0]?.leadId}&offer=none`, 0],
	])('is read as it is meant: %s', async (_, query, count) => {
		const page = await (await open(2).ask(`/board/leads?${query}`)).text();
		expect(page).not.toContain('class="alarm');
		expect([...page.matchAll(/data-lead=/g)]).toHaveLength(count);
	});

	it('keeps in the form what was written, as text', async () => {
		const page = await (await open(1).ask(`/board/leads?offer=${encodeURIComponent('"><b>مرحبا')}`)).text();
		expect(page).toContain('value="&quot;&gt;&lt;b&gt;مرحبا"');
		expect(page).not.toContain('<b>');
	});
});

describe('a list of leads', () => {
	it.each([
		[0, 0, 'No lead has been received yet.', undefined],
		[1, 1, '', undefined],
		[50, 50, '', undefined],
		[51, 50, '', 1],
		[100, 50, '', 50],
	])('of %i shows %i', async (count, shown, words, more) => {
		const { ask } = open(count);
		const page = await (await ask('/board/leads')).text();
		const rows = (html: string) => [...html.matchAll(/data-lead=/g)].length;
		expect(rows(page)).toBe(shown);
		expect(textOf(page)).toContain(words);
		const older = /<a data-older[^>]* href="([^"]+)"/.exec(page)?.[1];
		expect(older && rows(await (await ask(older.replaceAll('&amp;', '&'))).text())).toBe(more);
	});

	it('says what is behind its last page, and leads back', async () => {
		const { ask, deps } = open(3);
		const { items } = await (await deps.journal()).leads({ since: 0, until: now }, { most: 9 }, AbortSignal.timeout(1000));
		const page = textOf(await (await ask(`/board/leads?after=${items.at(-1)?.leadId}`)).text());
		expect(page).toContain('Nothing more matches.');
		expect(page).toContain('Back to the newest');
	});

	it('of rejected payloads refuses a cursor that is none', async () => {
		const { ask } = open(0);
		expect(textOf(await (await ask('/board/rejected?after=nonsense')).text())).toContain('Nothing was looked for.');
		expect((await ask('/api/board/rejected?after=nonsense')).status).toBe(400);
	});
});

describe('a search', () => {
	const search = (fields: Record<string, string>) =>
		open(2).request('/board/leads/search', { method: 'POST', body: new URLSearchParams(fields) });
	const asJson = (wish: object) =>
		open(2).request('/api/board/leads/search', {
			method: 'POST',
			body: JSON.stringify(wish),
			headers: { 'content-type': 'application/json' },
		});

	it.each([
		['a text that is too long', { text: long }, 'is longer than 200 characters'],
		['quotes and brackets alone', { text: `"' (` }, 'is no word to look for'],
		['a cursor that is none', { text: 'ada', after: 'nonsense' }, '(&quot;after&quot;) is no place in a list'],
	])('for %s is refused with a sentence', async (_, fields, sentence) => {
		const page = await (await search(fields)).text();
		expect(textOf(page)).toContain(sentence);
		expect(textOf(page)).toContain('Nothing was looked for.');
		expect((await asJson(fields)).status).toBe(400);
	});

	it('for the id of a lead leads to its page, also when an address is pasted', async () => {
		const id = newLeadId(now);
		for (const text of [` ${id.toUpperCase()} `, `https://crm.example/main.aspx?etn=lead&id=${id}`, `{${id}}`]) {
			const answer = await search({ text });
			expect([text, answer.status, answer.headers.get('location')]).toEqual([text, 303, `/board/leads/${id}`]);
		}
	});

	it.each(['<script>', 'مرحبا', '%', "o'neil", '\u202E'])('for %j is one for text', async (text) => {
		const answer = await search({ text });
		expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Nothing matches.')]);
	});
});
