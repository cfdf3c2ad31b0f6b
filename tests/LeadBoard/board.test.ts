import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import { describeInBrowser } from '../sandbox/pages/browser.ts';
import { type App, delivered, openApp, unavailable } from '../support/app.ts';
import { type OpenBoard, openBoard } from '../support/open-board.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

jest.setTimeout(60_000);

/** Markup that tells on itself when it runs. */
const deed = "fetch('/ran');top.document.title='ran'";
const hostile = `<script>${deed}</script><img src=x onerror="${deed}">"'></textarea></title></pre></select><a href="javascript:${deed}">x</a>{{x}}`;
const refused: Outcome = { kind: 'permanent', code: '400', reason: hostile, remedy: hostile };

let storage: TestStorage;
let app: App;
let board: OpenBoard;
const ids = { hostile: '', rightToLeft: '', delivered: '', waiting: '', rejected: '' };

beforeAll(async () => {
	storage = await startTestStorage();
	app = await openApp(storage.connectionString);
	board = await openBoard(app);
	ids.delivered = await app.post();
	await app.deliver(ids.delivered);
	app.behaviour.crm = () => refused;
	const said = { FirstName: hostile, LastName: hostile, Email: 'evil@contoso.example', Phone: hostile, Country: hostile, Company: hostile };
	ids.hostile = await app.post({
		UserDetails: said,
		OfferTitle: hostile,
		ActionCode: hostile,
		LeadSource: hostile,
		Description: hostile,
		[hostile]: hostile,
	});
	await app.deliver(ids.hostile);
	ids.rightToLeft = await app.post(payload({ OfferTitle: 'مرحبا بالعالم', UserDetails: { FirstName: 'ليلى', LastName: 'حداد' } }));
	app.behaviour.crm = () => delivered;
	await app.deliver(ids.rightToLeft);
	app.behaviour.email = () => unavailable;
	ids.waiting = await app.post();
	await app.deliver(ids.waiting);
	app.behaviour.email = () => delivered;
	ids.rejected = await app.post({ [hostile]: { 'not a lead': hostile } } as object).catch(() => '');
	for (let count = 0; count < 60; count++) await app.post();
});
afterAll(async () => {
	board.close();
	await storage.stop();
});

const form = (fields: Record<string, string | string[]>, headers: Record<string, string> = {}) => {
	const body = new URLSearchParams();
	for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
	return board.ask('/board/act', { method: 'POST', body, headers });
};
const json = (wish: object, headers: Record<string, string> = {}) =>
	board.ask('/api/board/acts', { method: 'POST', body: JSON.stringify(wish), headers: { 'content-type': 'application/json', ...headers } });
const parkedLead = async () => {
	app.behaviour.crm = () => ({ kind: 'permanent', code: '400', reason: 'out of range', remedy: 'Fix it.' });
	const leadId = await app.post();
	await app.deliver(leadId);
	app.behaviour.crm = () => delivered;
	return leadId;
};
const crmOf = async (leadId: string) => (await app.find(leadId))?.deliveries.crm;

describe('the board', () => {
	it('is at its paths in any case, as the platform leads there', async () => {
		for (const path of ['/Board', '/BOARD/Leads', `/board/leads/${ids.delivered.toUpperCase()}`, '/API/Board/Today'])
			expect([path, (await board.ask(path)).status]).toEqual([path, 200]);
	});

	it('bears the headers that keep it safe, on every answer', async () => {
		for (const path of [
			'/board',
			'/board/leads',
			`/board/leads/${ids.hostile}`,
			'/board/nowhere',
			'/api/board/today',
			'/api/board/nowhere',
		]) {
			const { headers } = await board.ask(path);
			expect(headers.get('content-security-policy')).toMatch(
				/^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'$/,
			);
			expect(headers.get('content-security-policy')).not.toContain('unsafe');
			expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-content-type-options')]).toEqual([
				'no-store',
				'same-origin',
				'nosniff',
			]);
			expect(headers.get('access-control-allow-origin')).toBeNull();
		}
	});

	it('shows 50 leads a page, and the others behind', async () => {
		const seen = new Set<string>();
		let path: string | undefined = '/board/leads?destination=email';
		let pages = 0;
		for (; path !== undefined; pages++) {
			const page = await (await board.ask(path)).text();
			for (const [, id = ''] of page.matchAll(/href="\/board\/leads\/([0-9a-f-]{36})"/g)) seen.add(id);
			path = /href="([^"]*after=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
			expect(path ?? '/board/leads?destination=email').toContain('destination=email');
		}
		expect([pages, seen.size >= 64]).toEqual([2, true]);
	});

	it('says what it cannot read of a filter, and shows nothing rather than too much', async () => {
		const page = await (await board.ask('/board/leads?since=yesterday&state=<b>')).text();
		expect(page).toContain('&quot;yesterday&quot; is not a date');
		expect(page).not.toContain('<b>');
		expect(page).toContain('Nothing was looked for.');
	});

	it('finds a person by an exact address, and never writes the address into an address', async () => {
		const found = await board.ask('/board/leads/search', { method: 'POST', body: new URLSearchParams({ text: ' EVIL@contoso.example ' }) });
		const page = await found.text();
		expect(page).toContain(`/board/leads/${ids.hostile}`);
		expect(page).not.toMatch(/(href|action|src)="[^"]*evil/i);
	});

	it.each<[string, () => Promise<Response>, number]>([
		[
			'a form from another site',
			() => form({ action: 'erase', id: ids.delivered, confirmed: 'yes' }, { 'sec-fetch-site': 'cross-site' }),
			403,
		],
		['JSON from another site', () => json({ action: 'erase', ids: [ids.delivered] }, { 'sec-fetch-site': 'same-site' }), 403],
		['a form of plain text as JSON', () => json({ action: 'erase', ids: [ids.delivered] }, { 'content-type': 'text/plain' }), 415],
		['no action', () => json({ ids: [ids.delivered] }), 400],
		['an action of every object', () => json({ action: 'constructor', ids: [ids.delivered] }), 400],
		['a destination that is none', () => json({ action: 'retry', ids: [ids.delivered], destination: 'nowhere' }), 400],
		['an id that is none', () => json({ action: 'erase', ids: ['1'], confirmed: true }), 400],
		['no JSON', () => board.ask('/api/board/acts', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }), 400],
		[
			'too many at once',
			() =>
				json({
					action: 'close',
					ids: Array(26)
						.fill(0)
						.map((_, index) => ids.delivered.slice(0, -2) + String(index + 10)),
				}),
			400,
		],
		['more than a form holds', () => form({ action: 'close', id: ids.delivered, note: 'x'.repeat(300_000) }), 413],
		['another method', () => board.ask(`/board/leads/${ids.delivered}`, { method: 'DELETE' }), 405],
	])('does nothing for %s', async (_, send, status) => {
		expect((await send()).status).toBe(status);
		expect((await app.find(ids.delivered))?.deliveries.crm?.state).toBe('delivered');
	});

	it('lets someone who may only read see everything and do nothing', async () => {
		board.gate.roles = ['Leads.Read'];
		try {
			const page = await (await board.ask(`/board/leads/${ids.hostile}`)).text();
			expect(page).toContain('read only');
			expect(page).not.toContain('/board/act"');
			expect((await form({ action: 'replay', id: ids.hostile })).status).toBe(403);
			expect((await json({ action: 'replay', ids: [ids.hostile] })).status).toBe(403);
		} finally {
			board.gate.roles = ['Leads.Read', 'Leads.Act'];
		}
		expect((await crmOf(ids.hostile))?.state).toBe('parked');
	});

	it('replays and closes; who did it, and why, stays with the delivery and in the log, the note in no log', async () => {
		const leadId = await parkedLead();
		expect((await form({ action: 'replay', id: leadId })).headers.get('location')).toBe(`/board/leads/${leadId}?done=replay`);
		expect(await crmOf(leadId)).toMatchObject({
			state: 'pending',
			acts: [{ what: 'replayed', by: '00000000-0000-4000-8000-000000000003' }],
		});
		const other = await parkedLead();
		await form({ action: 'close', id: other, note: 'called S3cret' });
		expect(await crmOf(other)).toMatchObject({ state: 'closed', acts: [{ what: 'closed', note: 'called S3cret' }] });
		expect(app.events('board.acted')).toContainEqual({
			event: 'board.acted',
			action: 'close',
			leadId: other,
			by: '00000000-0000-4000-8000-000000000003',
			ok: true,
		});
		expect(JSON.stringify(app.lines)).not.toContain('S3cret');
		expect(await (await board.ask(`/board/leads/${other}`)).text()).toContain('called S3cret');
	});

	it('says why it does not do what cannot be done', async () => {
		const answer = await json({ action: 'close', ids: [ids.delivered, ids.delivered.replace(/^.{8}/, '00000000')], confirmed: true });
		expect(await answer.json()).toEqual({
			rest: [],
			results: [
				{ id: ids.delivered, ok: false, text: 'email is delivered, not parked; crm is delivered, not parked' },
				{ id: expect.any(String), ok: false, text: 'There is nothing under this id.' },
			],
		});
	});

	it('shows before it acts on many: how many, how old, what may come twice; and acts on those that were shown', async () => {
		const [one, other] = [await parkedLead(), await parkedLead()];
		const confirm = await (await form({ do: 'replay', state: 'parked', destination: 'crm', scope: 'filter' })).text();
		expect(confirm).toMatch(/Replay \d+ leads\?/);
		const frozen = [...confirm.matchAll(/name="id" value="([^"]+)"/g)].map(([, id = '']) => id);
		expect(frozen).toEqual(expect.arrayContaining([one, other]));
		expect((await crmOf(one))?.state).toBe('parked');
		const late = await parkedLead();
		const results = await (
			await form({ action: 'replay', destination: 'crm', id: frozen.filter((id) => id !== ids.hostile), confirmed: 'yes' })
		).text();
		expect(results).toContain('Queued again: crm.');
		expect([(await crmOf(one))?.state, (await crmOf(other))?.state, (await crmOf(late))?.state]).toEqual(['pending', 'pending', 'parked']);
	});

	it('asks before it sends again what may come twice, and before it erases', async () => {
		const again = await (await form({ action: 'replay', again: 'yes', id: ids.delivered })).text();
		expect(again).toContain('1 delivery may come twice');
		const gone = await app.post();
		expect(await (await form({ action: 'erase', id: gone })).text()).toContain('deleted, now and for good');
		expect(await app.find(gone)).toBeDefined();
		expect(await (await form({ action: 'erase', id: gone, confirmed: 'yes' })).text()).toContain('Erased here.');
		expect(await app.find(gone)).toBeUndefined();
	});

	it('does nothing with all that waits for a destination when nothing was chosen in its list', async () => {
		const due = (await app.find(ids.waiting))?.deliveries.email?.due;
		const page = await (await form({ do: 'retry', destination: 'email', scope: 'chosen' })).text();
		expect(page).toContain('Nothing was chosen.');
		expect((await app.find(ids.waiting))?.deliveries.email?.due).toBe(due);
	});

	it('keeps notes so that a delivery still fits into its column, and says nothing that an address makes up', async () => {
		const leadId = await parkedLead();
		for (let count = 0; count < 8; count++) {
			await form({ action: 'replay', id: leadId, again: 'yes', confirmed: 'yes', note: `\u0001\n"${'"\\'.repeat(300)}` });
			await form({ action: 'close', id: leadId });
			app.behaviour.crm = () => refused;
			await app.deliver(leadId);
			app.behaviour.crm = () => delivered;
		}
		const { acts = [] } = (await crmOf(leadId)) ?? {};
		expect(JSON.stringify(acts).length).toBeLessThanOrEqual(6000);
		expect(acts.at(-1)?.note?.slice(0, 3)).toBe('""\\');
		for (const done of ['constructor', '<b>'])
			expect(await (await board.ask(`/board/leads/${leadId}?done=${done}`)).text()).not.toContain('class="said"');
	});

	it('ends the pause of a destination, and makes due what waits for it', async () => {
		const page = await (await form({ action: 'retry', destination: 'email' })).text();
		expect(page).toMatch(/\d+ leads are due at email\./);
		expect((await app.find(ids.waiting))?.deliveries.email).toMatchObject({
			due: app.now,
			acts: [{ what: 'retried', by: '00000000-0000-4000-8000-000000000003' }],
		});
	});
});

/** What betrays that something ran, or that the page is broken. */
function watch(page: Page) {
	const traces: string[] = [];
	page.on('request', (request) => request.url().includes('/ran') && traces.push(`asked for ${request.url()}`));
	page.on('dialog', (dialog) => void dialog.dismiss().then(() => traces.push('dialog')));
	page.on('pageerror', (error) => traces.push(error.message));
	page.on('console', (message) => message.type() === 'error' && traces.push(message.text()));
	return traces;
}

describeInBrowser('the board in a browser', ({ browser }) => {
	const open = async (path: string, options: BrowserContextOptions = {}) => {
		const page = await browser().newPage(options);
		const traces = watch(page);
		const response = await page.goto(board.url + path);
		return { page, traces, status: response?.status() };
	};

	it.each([
		['light', { width: 1200, height: 800 }],
		['dark', { width: 390, height: 800 }],
	] as const)('can be read by everybody, in %s and at %j, and runs nothing that a lead brings along', async (colorScheme, viewport) => {
		const complaints: string[] = [];
		const list = await app.post({ 'no lead': 1 });
		const page = await browser().newPage({ colorScheme, viewport });
		const traces = watch(page);
		for (const path of [
			'/board',
			'/board/leads',
			'/board/leads?state=parked&since=P9D',
			`/board/leads/${ids.hostile}`,
			`/board/leads/${ids.rightToLeft}`,
			`/board/leads/${ids.waiting}`,
			`/board/leads/${list}`,
			'/board/rejected',
			'/board/charts?days=7&by=offer',
			'/board/nowhere',
		]) {
			traces.length = 0;
			const status = (await page.goto(board.url + path))?.status();
			await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
			const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
				`${axe.source}; axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
			);
			complaints.push(...found.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(' ')}`));
			const width = await page.evaluate<number>('document.documentElement.scrollWidth');
			if (width > viewport.width) complaints.push(`${path} is ${width} wide`);
			const expected = path.endsWith('nowhere') ? ['Failed to load resource: the server responded with a status of 404 (Not Found)'] : [];
			if (traces.join() !== expected.join() || (await page.title()) === 'ran') complaints.push(`${path} ran something: ${traces.join()}`);
			if (status !== (path.endsWith('nowhere') ? 404 : 200)) complaints.push(`${path} is answered ${status}`);
		}
		await page.close();
		expect(complaints).toEqual([]);
	});

	it('works without scripts: from the list to a lead, closed with a note; and many, after they were confirmed', async () => {
		const [leadId, ...many] = [await parkedLead(), await parkedLead(), await parkedLead()];
		const context = await browser().newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${board.url}/board`);
		await page.getByRole('link', { name: 'Decide' }).click();
		await page.locator(`a[href="/board/leads/${leadId}"]`).click();
		await page.getByLabel('Note').fill('spoke to them');
		await page.getByRole('button', { name: 'Close what is parked' }).click();
		await page.getByText('Closed.', { exact: true }).waitFor();
		await page.getByText('spoke to them').waitFor();
		expect((await crmOf(leadId))?.state).toBe('closed');
		await page.goto(`${board.url}/board/leads?state=parked&destination=crm`);
		for (const id of many) await page.locator(`input[value="${id}"]`).check();
		await page.getByRole('button', { name: 'Go on' }).click();
		await page.getByRole('button', { name: 'Replay 2 leads' }).click();
		await page.getByRole('heading', { name: '2 done, 0 not' }).waitFor();
		await page.getByRole('link', { name: 'Back to the list' }).click();
		expect(page.url()).toBe(`${board.url}/board/leads?state=parked&destination=crm`);
		await context.close();
		for (const id of many) expect((await crmOf(id))?.state).toBe('pending');
	});

	it('acts on many by the keyboard alone, and tells how far it is', async () => {
		const leads = [await parkedLead(), await parkedLead(), await parkedLead()];
		const { page, traces } = await open('/board/leads?state=parked&destination=crm');
		/** Goes on by the key alone until what has the focus, which is always seen, is what is wanted. */
		const tabTo = async (words: RegExp) => {
			for (let presses = 0; presses < 80; presses++) {
				await page.keyboard.press('Tab');
				const [said, isSeen] = await page.evaluate<[string, boolean]>(
					`(({ labels, textContent }, { width, height }) => [labels?.[0]?.textContent ?? textContent, width > 2 && height > 2])(document.activeElement, document.activeElement.getBoundingClientRect())`,
				);
				expect([said, isSeen]).toEqual([said, true]);
				if (words.test(said.trim())) return;
			}
			throw new Error(`the key never comes to ${words}`);
		};
		await tabTo(/^To the content$/);
		await tabTo(/^Choose all on this page$/);
		await page.keyboard.press('Space');
		await tabTo(/^Go on/);
		await page.keyboard.press('Enter');
		await page.getByLabel('Note, kept with each of them').waitFor();
		await tabTo(/^Note/);
		await page.keyboard.type('by the keyboard');
		await tabTo(/^Replay \d+ leads/);
		await page.keyboard.press('Enter');
		await page.getByText(/^Finished: \d+ done, 0 not\.$/).waitFor({ state: 'attached' });
		for (const leadId of leads) expect((await crmOf(leadId))?.state).toBe('pending');
		expect(traces).toEqual([]);
		await page.close();
	});

	it('says where a lead stands after it was queued, and keeps a note that was typed when the session had ended', async () => {
		const leadId = await parkedLead();
		const { page, traces } = await open(`/board/leads/${leadId}`);
		await page.getByLabel('Note').fill('typed for long');
		board.gate.isSessionOver = true;
		try {
			await page.getByRole('button', { name: 'Close what is parked' }).press('Enter');
			await page.getByRole('link', { name: 'Sign in in a new tab' }).waitFor();
		} finally {
			board.gate.isSessionOver = false;
		}
		expect(await page.getByLabel('Note').inputValue()).toBe('typed for long');
		expect((await crmOf(leadId))?.state).toBe('parked');
		await page.getByRole('button', { name: 'Replay what is parked' }).press('Enter');
		await page.getByText('Queued again.').waitFor();
		await app.deliver(leadId);
		await page.getByText('Now: email delivered, crm delivered').waitFor();
		expect(traces).toEqual([]);
		await page.close();
	});

	it('says what is not known after an answer that broke off; the button does nothing twice, and counts what was done', async () => {
		const leads: string[] = [];
		while (leads.length < 7) leads.push(await parkedLead());
		app.now += 1000;
		const { page } = await open('/board/leads?state=parked&destination=crm');
		for (const id of leads) await page.locator(`input[value="${id}"]`).check();
		await page.getByRole('button', { name: 'Go on' }).click();
		let parts = 0;
		await page.route('**/api/board/acts', async (route) => {
			if (++parts !== 2) return route.continue();
			await json(route.request().postDataJSON());
			await route.abort();
		});
		app.now += 1000;
		await page.getByRole('button', { name: 'Replay 7 leads' }).click();
		await page
			.getByText(/It is not known whether the next 2 were done\. Nothing is done twice\./)
			.first()
			.waitFor();
		expect(await page.locator('input[name=before]').inputValue()).toBe('5');
		for (const id of leads) {
			await app.deliver(id);
			expect((await crmOf(id))?.acts).toHaveLength(1);
		}
		await page.getByRole('button', { name: 'Replay 7 leads' }).click();
		await page.getByText('Finished: 0 done, 2 not.').waitFor({ state: 'attached' });
		for (const id of leads) expect((await crmOf(id))?.acts).toHaveLength(1);
		await page.close();
	});

	it('keeps what was typed when the session has ended', async () => {
		const again = [await parkedLead(), await parkedLead()];
		const { page } = await open('/board/leads?state=parked&destination=crm');
		for (const id of again) await page.locator(`input[value="${id}"]`).check();
		await page.getByRole('button', { name: 'Go on' }).click();
		await page.getByLabel('Note, kept with each of them').fill('typed for long');
		board.gate.isSessionOver = true;
		try {
			await page.getByRole('button', { name: 'Replay 2 leads' }).click();
			await page
				.getByText(/You are signed out/)
				.first()
				.waitFor();
		} finally {
			board.gate.isSessionOver = false;
		}
		expect(await page.getByLabel('Note, kept with each of them').inputValue()).toBe('typed for long');
		await page.getByRole('button', { name: 'Replay 2 leads' }).click();
		await page.getByText('Finished: 2 done, 0 not.').waitFor({ state: 'attached' });
		await page.close();
	});
});
