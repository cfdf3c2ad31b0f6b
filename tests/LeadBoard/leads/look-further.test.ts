import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { boardRoutes } from '../../../LeadBoard/board-routes.tsx';
import { lookFor } from '../../../LeadBoard/leads/look-for.ts';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import { describeInBrowser } from '../../sandbox/pages/browser.ts';
import { askBoard } from '../../support/board-deps.ts';
import { listedLead, listingJournal } from '../../support/fake-leads.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const minuteMs = 60_000;
const rareAt = [10, 1300, 2600, 2601, 3900];
const summaryOf = (offer: string, name: string) => ({ name, offer, isWhole: true as const });
/** One a minute; few of them of an offer that is rare. */
const leads: ListedLead[] = Array.from({ length: 4000 }, (_, index) =>
	listedLead(now - index * minuteMs, {}, { summary: summaryOf(rareAt.includes(index) ? 'Rare' : 'CRM', `Ada ${index}`) }),
);

/** A board where every look at the clock finds that time has gone by: it ends as soon as it may. */
function openSlow(of = leads, more: Parameters<typeof askBoard>[2] = {}) {
	const { journal, pages } = listingJournal(of);
	let time = now;
	return { ...askBoard(journal, now, { clock: () => (time += 60), ...more }), pages };
}

const textOf = (html: string) =>
	html
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
const post = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

describe('the time of a page', () => {
	it('is over when another read like the longest one would end too late', () => {
		const times = [0, 30, 60, 71, 99];
		const isOver = lookFor(() => times.shift() ?? 0, 100);
		expect([isOver(), isOver(), isOver(), isOver()]).toEqual([false, false, true, true]);
	});
});

describe('a list that finds little', () => {
	it('says how far it looked, and leads further, link by link, to all there is', async () => {
		const { ask } = openSlow();
		const said: string[] = [];
		const found: string[] = [];
		for (let path: string | undefined = '/board/leads?offer=Rare'; path; ) {
			const page = await (await ask(path)).text();
			found.push(...Array.from(page.matchAll(/<a class="cut"[^>]*>(Ada \d+)</g), ([, name = '']) => name));
			said.push(/Looked at [^.]*\. Older ones were not looked at\./.exec(textOf(page))?.[0] ?? '');
			path = /<a class="button" href="([^"]+)">Look further/.exec(page)?.[1]?.replaceAll('&amp;', '&');
		}
		expect(found).toEqual(rareAt.map((index) => `Ada ${index}`));
		expect(said).toEqual([
			'Looked at 1,000 leads, back to 2026-11-28 19:21 UTC. Older ones were not looked at.',
			'Looked at 1,000 leads, from 2026-11-28 19:21 UTC back to 2026-11-28 02:41 UTC. Older ones were not looked at.',
			'Looked at 1,000 leads, from 2026-11-28 02:41 UTC back to 2026-11-27 10:01 UTC. Older ones were not looked at.',
			'',
		]);
	});

	it('does not say so of a page that is full, of one that is at its end, nor of one without a filter', async () => {
		for (const path of ['/board/leads?offer=CRM', '/board/leads', '/board/leads?offer=none&since=2026-11-29'])
			expect([path, await (await openSlow().ask(path)).text()]).toEqual([path, expect.not.stringContaining('not looked at')]);
	});

	it('is given whole to a script, by cursors', async () => {
		const { ask } = openSlow();
		const found: string[] = [];
		const sizes: number[] = [];
		for (let after: string | undefined = ''; after !== undefined; ) {
			const answer = (await (await ask(`/api/board/leads?offer=Rare${after && `&after=${after}`}`)).json()) as {
				leads: { receivedAt: string }[];
				next?: string;
			};
			found.push(...answer.leads.map(({ receivedAt }) => `Ada ${(now - Date.parse(receivedAt)) / minuteMs}`));
			sizes.push(answer.leads.length);
			after = answer.next;
		}
		expect([found, sizes]).toEqual([rareAt.map((index) => `Ada ${index}`), [5]]);
	});

	it('is found by words as well, further by a form: no word of the search is in an address', async () => {
		const { request } = openSlow();
		const found: string[] = [];
		let pages = 0;
		for (let after: string | undefined = ''; after !== undefined; pages++) {
			const page = await (await request('/board/leads/search', post({ text: 'rare', ...(after && { after }) }))).text();
			found.push(...Array.from(page.matchAll(/<a class="cut"[^>]*>(Ada \d+)</g), ([, name = '']) => name));
			expect(page).not.toMatch(/(href|action|src)="[^"]*rare/i);
			after = /name="after" value="([^"]+)"/.exec(page)?.[1];
		}
		expect([found, pages]).toEqual([rareAt.map((index) => `Ada ${index}`), 4]);
	});
});

describeInBrowser('a list that looks further by itself', ({ browser }) => {
	let server: Server;
	let url = '';
	/** What the board answers next, when it is not a page. */
	let inPlace: (() => Response | Promise<Response>) | undefined;
	const asked: string[] = [];
	beforeAll(async () => {
		const { deps } = openSlow(leads, { person: { objectId: '3', name: 'Ann Operator', mayAct: true } });
		const fetch = async (request: Request) => {
			if (new URL(request.url).search.includes('after=') || request.method === 'POST') asked.push(request.url);
			const instead = asked.length > 1 ? inPlace : undefined;
			return (await instead?.()) ?? boardRoutes.fetch(request, deps);
		};
		server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	const open = async (path: string) => {
		asked.length = 0;
		const page = await browser().newPage({ viewport: { width: 390, height: 800 } });
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(error.message));
		await page.goto(url + path);
		return { page, errors, namesOf: () => page.locator('[data-list] tbody a').allTextContents() };
	};
	const violations = `${axe.source}; axe.run(document).then(({ violations }) => violations.map(({ id }) => id))`;

	it('appends what it finds until the end, says so, and what comes later is not chosen', async () => {
		let goOn: (() => void) | undefined;
		inPlace = () => new Promise<never>((_, reject) => (goOn = () => reject(new Error('gone on')))).catch(() => undefined as never);
		const { page, errors, namesOf } = await open('/board/leads?offer=Rare');
		await page.getByText('Looked at 2,000 leads, back to 2026-11-28 02:41 UTC: 2 found.').waitFor();
		await page.getByLabel('Choose all on this page').check();
		expect(await page.evaluate(violations)).toEqual([]);
		inPlace = undefined;
		goOn?.();
		await page.getByText('Looked at 4,000 leads, to the end of the list: 5 found.').first().waitFor();
		expect(await namesOf()).toEqual(rareAt.map((index) => `Ada ${index}`).map((name) => expect.stringContaining(name)));
		expect(await page.locator('input[name=id]:checked').count()).toBe(2);
		expect(await page.getByLabel('Choose all on this page').isChecked()).toBe(false);
		expect(await page.evaluate(violations)).toEqual([]);
		expect([errors, await page.getByRole('button', { name: /Stop|Look further/ }).count()]).toEqual([[], 0]);
		await page.close();
	});

	it('stops when it is told to by a key, goes on by another, and keeps what it has when the session has ended', async () => {
		let goOn: (() => void) | undefined;
		inPlace = () => new Promise<never>((_, reject) => (goOn = () => reject(new Error('gone on')))).catch(() => undefined as never);
		const { page, errors } = await open('/board/leads?offer=none');
		await page.getByText('Looked at 2,000 leads').first().waitFor();
		await page.getByRole('button', { name: 'Stop' }).press('Enter');
		goOn?.();
		await page.getByRole('button', { name: 'Look further' }).waitFor();
		expect(asked).toHaveLength(2);
		inPlace = () => new Response(null, { status: 302, headers: { location: 'https://login.example/' } });
		await page.getByRole('button', { name: 'Look further' }).press('Enter');
		await page.getByRole('link', { name: 'Sign in in a new tab' }).waitFor();
		inPlace = undefined;
		await page.getByRole('button', { name: 'Look further' }).press('Enter');
		await page.getByText('Nothing matches.').waitFor();
		expect(await page.evaluate('document.activeElement.textContent')).toBe('Looked at 4,000 leads, to the end of the list: none found.');
		expect([errors, await page.getByText('Sign in in a new tab').count()]).toEqual([[], 0]);
		await page.close();
	});

	it('goes on by itself after a search for words', async () => {
		inPlace = undefined;
		const { page, namesOf } = await open('/board/leads');
		await page.getByLabel('Search for a person').fill('rare');
		await page.getByRole('button', { name: 'Search' }).click();
		await page.getByText('Looked at 4,000 leads, to the end of the list: 5 found.').first().waitFor();
		expect(await namesOf()).toHaveLength(5);
		expect(page.url()).toBe(`${url}/board/leads/search`);
		await page.close();
	});
});
