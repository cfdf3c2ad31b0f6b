import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { mostExported, mostLookedAt } from '../../../LeadBoard/export/make-export.ts';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import type { Journal } from '../../../shared/journal/journal.ts';
import { askBoard } from '../../support/board-deps.ts';
import { deliveryOf, listedLead, listingJournal } from '../../support/fake-leads.ts';
import { readWorkbook } from '../../support/read-workbook.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const dayMs = 86_400_000;
const open = (leads: ListedLead[], more: Partial<Journal> = {}) => askBoard(listingJournal(leads, more).journal, now);
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });

describe('an export of the board', () => {
	it('is a file of everything that the filter of the list finds, newest first, and of nothing else', async () => {
		const leads = [
			listedLead(now - 1000, { UserDetails: { Country: 'Germany', Company: 'Newest' } }),
			listedLead(now - 2000, { UserDetails: { Country: 'FR' } }),
			listedLead(now - 3000, { UserDetails: { Country: 'DE', Company: 'Older' } }),
			listedLead(now - 9 * dayMs, { UserDetails: { Country: 'DE' } }),
		];
		const { ask, lines } = open(leads);
		const answer = await ask('/board/export?format=csv&country=Deutschland&since=P7D');
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(answer.headers.get('content-disposition')).toBe('attachment; filename="leads-2026-11-29.csv"');
		expect(rowsOf(await answer.text()).map(({ company }) => company)).toEqual(['Newest', 'Older']);
		expect(lines).toEqual([{ event: 'board.exported', by: '33333333-3333-3333-3333-333333333333', format: 'csv', rows: 2 }]);
	});

	it('holds no formula, whatever a lead says, and opens as a spreadsheet', async () => {
		const formula = '=HYPERLINK("http://evil.example";"x")';
		const lead = listedLead(now, { UserDetails: { Company: formula } }, { deliveries: { email: deliveryOf('delivered', now) } });
		const { ask } = open([lead]);
		expect(rowsOf(await (await ask('/board/export?format=csv')).text())[0]).toMatchObject({
			company: `'${formula}`,
			emailState: 'delivered',
		});
		const answer = await ask('/board/export?format=xlsx');
		expect(answer.headers.get('content-disposition')).toContain('leads-2026-11-29.xlsx');
		const book = JSON.stringify(await readWorkbook(new Uint8Array(await answer.arrayBuffer())));
		expect(book).toContain('HYPERLINK');
		expect(book).not.toContain('formula');
	});

	it('is refused, and says what to do, where more match than it takes; the newest can be had alone', async () => {
		const leads = Array.from({ length: mostExported.xlsx + 1 }, (_, index) => listedLead(now - index));
		const { ask, lines } = open(leads);
		const answer = await ask('/board/export?offer=Contoso');
		expect([answer.status, lines]).toEqual([413, []]);
		const page = await answer.text();
		expect(page).toContain('More than 2,000 match');
		expect(page).toContain('href="/board/export?offer=Contoso&amp;format=xlsx&amp;newest=1"');
		const csv = await ask('/board/export?format=csv&offer=Contoso');
		expect(rowsOf(await csv.text())).toHaveLength(mostExported.xlsx + 1);
		const newest = await ask('/board/export?newest=1');
		expect(newest.headers.get('content-disposition')).toContain('leads-2026-11-29-newest-2000.xlsx');
	});

	it('looks at no more leads than it says, however little is found', async () => {
		let read = 0;
		const { ask } = open([], {
			leads: async (_, { most }) => {
				read += most;
				return { items: [], next: '01a208f0-78b8-7f5e-b091-06d4465e4075' };
			},
		});
		const answer = await ask('/board/export?format=csv&country=Atlantis');
		expect([answer.status, read <= mostLookedAt]).toEqual([413, true]);
		expect(await answer.text()).toContain('did not come to its end among 25,000 leads');
	});

	it('ends in time where storage is slow', async () => {
		let time = now;
		const { journal } = listingJournal([], {
			leads: async () => {
				time += 10_000;
				return { items: [], next: '01a208f0-78b8-7f5e-b091-06d4465e4075' };
			},
		});
		expect((await askBoard(journal, now, { clock: () => time }).ask('/board/export')).status).toBe(413);
		expect(time).toBeLessThan(now + 60_000);
	});

	it('is made one at a time, and one that fails keeps no other from being made', async () => {
		let atWork = 0;
		let most = 0;
		let calls = 0;
		const { journal } = listingJournal([listedLead(now)]);
		const { leads } = await journal();
		const { ask } = open([], {
			async leads(...asked) {
				most = Math.max(most, ++atWork);
				await new Promise(setImmediate);
				atWork--;
				if (++calls === 1) throw new Error('storage');
				return leads(...asked);
			},
		});
		const answers = await Promise.allSettled([1, 2, 3].map(async () => (await ask('/board/export?format=csv')).status));
		expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual(['failed', 200, 200]);
		expect(most).toBe(1);
	});

	it.each([
		['what cannot be read of the filter', '/board/export?since=yesterday', {}, 400, '&quot;yesterday&quot; is not a date'],
		['a format that is none', '/board/export?format=exe', {}, 400, 'xlsx or csv'],
		['nothing found', '/board/export?offer=Nothing', {}, 404, 'Nothing matches'],
		...['/board/export', '/board/export/', '/board/%65xport'].map((path): [string, string, Record<string, string>, number, string] => [
			`a link on another site to ${path}`,
			path,
			{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
			403,
			'begins on a page of the board',
		]),
	])('is not made for %s', async (_, path, headers, status, words) => {
		const { ask, lines } = open([listedLead(now)]);
		const answer = await ask(path, headers);
		const page = await answer.text();
		expect([answer.status, answer.headers.get('content-disposition'), lines]).toEqual([status, null, []]);
		expect(page).toContain(words);
	});

	it('is offered beside the list, with its filter and its limits', async () => {
		const page = await (await open([listedLead(now)]).ask('/board/leads?offer=Contoso')).text();
		expect(page).toContain('href="/board/export?offer=Contoso&amp;format=csv"');
		expect(page).toMatch(/CSV<\/a> \(up to 10,000\)/);
	});
});
