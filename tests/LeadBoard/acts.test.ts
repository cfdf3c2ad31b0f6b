import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readWish } from '../../LeadBoard/acts/act.ts';
import { ConfirmPage } from '../../LeadBoard/acts/act-pages.tsx';
import { findPerson } from '../../shared/operate/find-person.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { type App, delivered, openApp, unavailable, workingSettings } from '../support/app.ts';
import { type OpenBoard, openBoard } from '../support/open-board.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const sales = { ...workingSettings, WEBHOOK_SALES_URL: 'https://hooks.contoso.example/sales' };
const both = { ...sales, LEAD_DESTINATIONS: 'email;webhook:old', WEBHOOK_OLD_URL: 'https://hooks.contoso.example/old' };
const me = '00000000-0000-4000-8000-000000000003';

let storage: TestStorage;
let app: App;
let board: OpenBoard;
/** To the endpoint that settings have lost. */
let stranded: string[];

beforeAll(async () => {
	storage = await startTestStorage();
	app = await openApp(storage.connectionString, both);
	app.behaviour['webhook:old'] = () => unavailable;
	stranded = [await app.post(), await app.post()];
	for (const leadId of stranded) await app.deliver(leadId);
	const settings = readSettings({ ...sales, AzureWebJobsStorage: storage.connectionString });
	app.services.settings = settings;
	board = await openBoard({ ...app, services: { ...app.services, settings } });
}, 30_000);
afterAll(async () => {
	board.close();
	await storage.stop();
});

const form = async (fields: Record<string, string | string[]>) => {
	const body = new URLSearchParams();
	for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
	return board.ask('/board/act', { method: 'POST', body });
};
const send = (path: string, wish: object, headers = {}) =>
	board.ask(path, { method: 'POST', body: JSON.stringify(wish), headers: { 'content-type': 'application/json', ...headers } });
const get = async (path: string) => (await board.ask(path)).json();
const page = async (path: string) => (await board.ask(path)).text();
const deliveryOf = async (leadId: string, name: string) => (await app.find(leadId))?.deliveries[name];
const ended = async (posted?: object) => {
	const leadId = await app.post(posted);
	await app.deliver(leadId);
	return leadId;
};

describe('sending to another destination', () => {
	it('gives one lead a delivery, by a button; who did it stays with the delivery and in the log', async () => {
		const leadId = await ended();
		expect(await page(`/board/leads/${leadId}`)).toContain('<option value="webhook:sales">');
		const answer = await form({ action: 'send', to: 'webhook:sales', id: leadId, note: 'they asked' });
		expect(answer.headers.get('location')).toBe(`/board/leads/${leadId}?done=send`);
		expect(await deliveryOf(leadId, 'webhook:sales')).toMatchObject({
			state: 'pending',
			acts: [{ what: 'sent', by: me, note: 'they asked' }],
		});
		expect(app.events('board.acted').at(-1)).toEqual({
			event: 'board.acted',
			action: 'send',
			leadId,
			destination: 'webhook:sales',
			by: me,
			ok: true,
		});
		expect(await app.hearBells()).toContain(leadId);
		const shown = await page(`/board/leads/${leadId}?done=send`);
		expect(shown).toContain(`data-watch="${leadId}"`);
		expect(shown.replace(/<[^>]*>/g, '')).toMatch(/sent 20\d\d-.* by 00000000-0000-4000-8000-000000000003/);
		expect(await page(`/board/leads/${leadId}`)).not.toContain('Send it also to');
	});

	it('sends many after one confirmation, which leaves out what was sent there or goes nowhere; rings the first 20', async () => {
		const there = await ended();
		await form({ action: 'send', to: 'webhook:sales', id: there });
		const silent = await ended(payload({ ActionCode: 'DNC', OfferTitle: 'silent' }));
		const some = [];
		for (let count = 0; count < 22; count++) some.push(await ended());
		await app.hearBells();
		const back = '/board/leads?state=delivered&country=DE';
		const confirm = await (await form({ do: 'send', to: 'webhook:sales', scope: 'chosen', back, id: [there, silent, ...some] })).text();
		expect(confirm).toContain('webhook:sales 22');
		expect(confirm).toContain('2 leads with which this does nothing');
		expect(confirm).toContain(`href="${back.replaceAll('&', '&amp;')}"`);
		expect(await deliveryOf(some[0] ?? '', 'webhook:sales')).toBeUndefined();
		const frozen = [...confirm.matchAll(/name="id" value="([^"]+)"/g)].map(([, id = '']) => id);
		const results = await (await form({ action: 'send', to: 'webhook:sales', id: frozen, confirmed: 'yes' })).text();
		expect(results).toContain('22 done, 0 not');
		expect(new Set(await app.hearBells()).size).toBe(20);
		expect(
			(await (await send('/api/board/acts', { action: 'send', to: 'webhook:sales', ids: [there], before: 3 })).json()).results[0],
		).toEqual({
			id: there,
			ok: false,
			text: 'webhook:sales is pending already',
		});
		expect((await (await send('/api/board/acts', { action: 'send', to: 'webhook:sales', ids: [silent] })).json()).results[0].text).toBe(
			'Not sent: it is for the journal only.',
		);
	});

	it.each([
		['a destination that no setting names', { to: 'webhook:old' }],
		['no destination', {}],
		['a destination of every object', { to: 'constructor' }],
		['a list of destinations', { to: ['webhook:sales'] }],
	])('refuses %s', async (_, to) => {
		const leadId = await ended();
		expect((await send('/api/board/acts', { action: 'send', ids: [leadId], ...to })).status).toBe(400);
		expect(Object.keys((await app.find(leadId))?.deliveries ?? {})).not.toContain('webhook:sales');
	});

	it.each([
		['for/board/leads/../../evil', '/board/leads'],
		['//evil.example', '/board/leads'],
		['/board/leads?x="><script>', '/board/leads'],
		['/board/rejected', '/board/rejected'],
	])('goes back to a list of the board alone: %s', async (back, href) => {
		expect(await (await form({ do: 'close', back })).text()).toContain(`<a href="${href}">Back to the list</a>`);
	});
});

it.each(['/board/act', '/board/leads/search'])('says at %s that what was sent before a sign-in did not arrive', async (path) => {
	const answer = await board.ask(path);
	expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('because you had to sign in first')]);
});

describe('a destination that no setting names any more', () => {
	it('is seen: on the first page, in the filter, on the page of a lead', async () => {
		const today = await page('/board');
		expect(today).toContain('2 leads wait for webhook:old, which no setting names any more.');
		expect(today).toContain('no setting names it');
		const list = await page('/board/leads?state=pending&destination=webhook%3Aold');
		for (const leadId of stranded) expect(list).toContain(leadId);
		expect(list).toContain('Close what waits or is parked');
		expect(await page('/board/leads?state=pending')).toContain(stranded[0]);
		const file = await (await board.ask('/board/export?format=csv&state=pending&destination=webhook%3Aold')).text();
		expect([file.includes('webhook:oldState'), file.includes(stranded[0] ?? '-')]).toEqual([true, true]);
		const lead = await page(`/board/leads/${stranded[0]}`);
		expect(lead).toContain('Close what waits for webhook:old');
		expect(lead).toContain('webhook:old: waits, and no setting names it any more');
		expect(lead).not.toContain('>Try now<');
	});

	it('has its leads closed, one and many; what waits elsewhere is not closed by the same words', async () => {
		const [one = '', other = ''] = stranded;
		await form({ action: 'close', destination: 'webhook:old', id: one, note: 'the flow is gone' });
		expect(await deliveryOf(one, 'webhook:old')).toMatchObject({ state: 'closed', acts: [{ what: 'closed', by: me }] });
		const many = { do: 'close', scope: 'filter', state: 'pending', destination: 'webhook:old' };
		expect(await (await form(many)).text()).toContain('webhook:old 1');
		await form({ action: 'close', destination: 'webhook:old', id: other, confirmed: 'yes' });
		expect(await deliveryOf(other, 'webhook:old')).toMatchObject({ state: 'closed' });
		expect(await page('/board')).not.toContain('webhook:old');
		app.behaviour.email = () => unavailable;
		const waiting = await ended();
		app.behaviour.email = () => delivered;
		const answer = await send('/api/board/acts', { action: 'close', destination: 'email', ids: [waiting] });
		expect((await answer.json()).results[0]).toMatchObject({ ok: false, text: 'email is pending, not parked' });
	});
});

describe('what may come twice', () => {
	it('is asked about for one lead too, before it is tried again', async () => {
		app.behaviour.email = () => ({ kind: 'transient', code: '504', reason: 'no answer', maybeDone: true });
		const leadId = await ended();
		app.behaviour.email = () => delivered;
		const { due = 0 } = (await deliveryOf(leadId, 'email')) ?? {};
		expect(due).toBeGreaterThan(app.now);
		expect(await (await form({ action: 'retry', id: leadId })).text()).toContain('1 delivery may come twice');
		expect((await deliveryOf(leadId, 'email'))?.due).toBe(due);
		expect((await form({ action: 'retry', id: leadId, confirmed: 'yes' })).status).toBe(303);
		expect((await deliveryOf(leadId, 'email'))?.due).toBe(app.now);
	});

	it('is not the business of a filter that finds nothing, or that cannot be read', async () => {
		const page = await (await form({ do: 'replay', scope: 'filter', state: 'parked', since: 'yesterday' })).text();
		expect(page).toContain('&quot;yesterday&quot; is not a date');
		expect(await (await form({ do: 'replay', scope: 'filter', country: 'AQ' })).text()).toContain('Nothing was chosen.');
	});

	it('says that a filter may find more than one confirmation is for', async () => {
		const plan = { ids: ['x'], leads: [], rejections: [], oldest: 1, newest: 2, deliveries: {}, mayDouble: 0, held: [], left: 0 };
		const wish = { action: 'replay', ids: ['x'], again: false } as const;
		const words = (isMore: boolean) =>
			String(ConfirmPage({ wish: { ...wish, ids: [...wish.ids] }, plan, now: 3, back: '/board/leads', isMore }));
		expect([words(true), words(false)].map((text) => text.includes('The filter may find more than these.'))).toEqual([true, false]);
	});
});

describe('erasing', () => {
	it('is done one by one and after a confirmation, by forms and by JSON', async () => {
		const [one, other] = [await ended(), await ended()];
		for (const confirmed of [true, 'yes', undefined]) {
			const answer = await send('/api/board/acts', { action: 'erase', ids: [one, other], confirmed });
			expect([answer.status, (await answer.json()).detail]).toEqual([400, 'Leads are erased one by one: give one id.']);
		}
		expect(await (await form({ action: 'erase', id: [one, other], confirmed: 'yes' })).text()).toContain('Leads are erased one by one');
		expect(await (await form({ do: 'erase', scope: 'filter', state: 'delivered' })).text()).toContain('Leads are erased one by one');
		for (const confirmed of [undefined, false, 'no', 1, '', ['yes']]) {
			const answer = await send('/api/board/acts', { action: 'erase', ids: [one], confirmed });
			expect([answer.status, (await answer.json()).detail]).toEqual([
				409,
				'What is erased is gone for good. If you mean it, send it again with "confirmed": true.',
			]);
		}
		expect([await app.find(one), await app.find(other)]).toEqual([expect.anything(), expect.anything()]);
		const erase = async () => (await (await send('/api/board/acts', { action: 'erase', ids: [one], confirmed: true })).json()).results[0];
		expect([(await erase()).ok, await erase()]).toEqual([true, { id: one, ok: false, text: 'There is nothing under this id.' }]);
		expect(await app.find(other)).toBeDefined();
	});
});

describe('JSON without a confirmation', () => {
	it('does what one press does on a page, and asks about all else', async () => {
		const [one, other] = [await ended(), await ended()];
		const why = async (wish: object) => {
			const answer = await send('/api/board/acts', wish);
			return [answer.status, (await answer.json()).detail?.split(' If you')[0]];
		};
		expect(await why({ action: 'replay', ids: [one, other] })).toEqual([409, 'It is for 2 leads.']);
		expect(await why({ action: 'replay', ids: [one], again: true })).toEqual([
			409,
			'It sends again what has ended. 1 delivery may come twice.',
		]);
		expect(await deliveryOf(one, 'email')).toMatchObject({ state: 'delivered' });
		expect(await why({ action: 'close', ids: [one] })).toEqual([200, undefined]);
	});
});

describe('what has changed since a person was asked', () => {
	/** Asks for a confirmation; what its form holds. */
	const asked = async (fields: Record<string, string | string[]>) => {
		const page = await (await form(fields)).text();
		const inputs = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
		return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
	};
	const act = async ({ id, ...wish }: Record<string, string>) =>
		(await (await send('/api/board/acts', { ...wish, ids: [id] })).json()).results[0];

	it('is left alone: a confirmation that is sent twice sends nothing twice, whatever became of the first', async () => {
		const leadId = await ended();
		app.now += 1000;
		const confirmed = await asked({ action: 'replay', again: 'yes', destination: 'email', id: leadId });
		expect(confirmed).toMatchObject({ confirmed: 'yes', shown: new Date(app.now).toISOString(), before: '0' });
		app.now += 1000;
		expect(await act(confirmed)).toMatchObject({ ok: true, text: 'Queued again: email.' });
		expect(await act(confirmed)).toMatchObject({ ok: false, text: 'email is pending already' });
		await app.deliver(leadId);
		expect(await act(confirmed)).toMatchObject({ ok: false, text: 'email is delivered: it changed after you were asked' });
		expect((await form({ ...confirmed })).status).toBe(200);
		expect((await deliveryOf(leadId, 'email'))?.acts).toHaveLength(1);
	});

	it('is left alone by a second person, who was asked before the first one acted; one who is asked later may', async () => {
		const leadId = await ended();
		app.now += 1000;
		const wish = { action: 'replay', again: 'yes', destination: 'email', id: leadId };
		const [first, second] = [await asked(wish), await asked(wish)];
		app.now += 1000;
		await act(first);
		await app.deliver(leadId);
		expect((await act(second)).ok).toBe(false);
		app.now += 1000;
		expect((await act(await asked(wish))).ok).toBe(true);
	});

	it('is neither replayed nor closed when it was parked meanwhile', async () => {
		const leadId = await app.post();
		app.now += 1000;
		const shown = new Date(app.now).toISOString();
		app.now += 1000;
		app.behaviour.email = () => ({ kind: 'permanent', code: '400', reason: 'no', remedy: 'none' });
		await app.deliver(leadId);
		app.behaviour.email = () => delivered;
		const text = async (action: string) => (await act({ action, destination: 'email', id: leadId, confirmed: 'yes', shown })).text;
		expect([await text('replay'), await text('close')]).toEqual(Array(2).fill('email is parked: it changed after you were asked'));
		expect(await deliveryOf(leadId, 'email')).toMatchObject({ state: 'parked' });
	});

	it('is not tried now a second time, when the first may have arrived', async () => {
		app.behaviour.email = () => ({ kind: 'transient', code: '504', reason: 'no answer', maybeDone: true });
		const leadId = await ended();
		app.now += 1000;
		const confirmed = await asked({ action: 'retry', destination: 'email', id: leadId });
		app.now += 1000;
		expect((await act(confirmed)).ok).toBe(true);
		await app.deliver(leadId);
		app.behaviour.email = () => delivered;
		expect(await act(confirmed)).toMatchObject({ ok: false, text: 'email was tried after you were asked.' });
	});
});

describe('a wish that is half right', () => {
	it.each<[string, object, string]>([
		['a list of destinations', { destination: ['crm'] }, 'There is no such destination.'],
		['a destination that is null', { destination: null }, 'There is no such destination.'],
		['a destination that is a number', { destination: 0 }, 'There is no such destination.'],
		['again in another word', { again: 'true' }, '"again" is true or false.'],
		['a note that is a list', { note: ['a', 'b'] }, 'The note is one text.'],
		['a time that is none', { shown: 'yesterday' }, '"shown" is not a time: give one in ISO 8601.'],
		['a time that is a number', { shown: 1 }, '"shown" is not a time: give one in ISO 8601.'],
		['a day that there is not', { shown: '2026-13-40T00:00:00Z' }, '"shown" is not a time: give one in ISO 8601.'],
		['ids in a list in a list', { ids: [['x']] }, 'An id is not that of a lead.'],
		['an id with a blank', { ids: ['01a0b0c0-d0e0-7000-8000-000000000001 '] }, 'An id is not that of a lead.'],
		['an id that is an object', { ids: [{}] }, 'An id is not that of a lead.'],
	])('is refused, and not taken for a wider one: %s', async (_, wish, detail) => {
		const leadId = await ended();
		const answer = await send('/api/board/acts', { action: 'replay', ids: [leadId], confirmed: true, ...wish });
		expect([answer.status, (await answer.json()).detail]).toEqual([400, detail]);
	});

	it('takes an id once, in any case, and counts up to 500 of them', async () => {
		const leadId = await ended();
		const ids = [leadId, leadId.toUpperCase(), leadId];
		const { results } = await (await send('/api/board/acts', { action: 'close', ids, confirmed: true })).json();
		expect(results.map(({ id }: { id: string }) => id)).toEqual([leadId]);
		const many = (count: number) => Array.from({ length: count }, (_, index) => leadId.replace(/.{8}$/, String(10_000_000 + index)));
		const read = (id: string[]) => readWish({ action: 'close', id }, { all: [], named: [] });
		expect([read(many(501)), read([...many(500), ...many(20)])]).toEqual([
			'No more than 500 at once.',
			expect.objectContaining({ ids: many(500) }),
		]);
	});

	it('keeps of a note what can be seen, in one line of 500 characters', async () => {
		const leadId = await ended();
		const note = `\u202Ea\u0000b\r\nc\u2028\u2067שלום\uD800${'x'.repeat(2000)}`;
		await form({ action: 'send', to: 'webhook:sales', id: leadId, note });
		const [act] = (await deliveryOf(leadId, 'webhook:sales'))?.acts ?? [];
		expect(act?.note).toMatch(/^a b c שלום\uFFFDx+$/u);
		expect(act?.note).toHaveLength(500);
	});

	it.each<[string, RequestInit, number, string]>([
		[
			'JSON with a charset and a blank',
			{ body: '{}', headers: { 'content-type': 'Application/JSON ; charset=utf-8' } },
			400,
			'Choose what',
		],
		['JSON by another name', { body: '{}', headers: { 'content-type': 'application/jsonp' } }, 415, 'Send JSON'],
		['a list', { body: '[]', headers: { 'content-type': 'application/json' } }, 400, 'not a JSON object'],
		['nothing', { headers: { 'content-type': 'application/json' } }, 400, 'not a JSON object'],
		['1 MiB', { body: `{"note":"${'x'.repeat(1 << 20)}"}`, headers: { 'content-type': 'application/json' } }, 413, 'too large'],
		['a form', { body: new URLSearchParams({ action: 'erase' }) }, 415, 'Send JSON'],
	])('is told as a problem: %s', async (_, init, status, words) => {
		const answer = await board.ask('/api/board/acts', { method: 'POST', ...init });
		const { detail, ...problem } = await answer.json();
		expect([answer.status, problem.status, detail]).toEqual([status, status, expect.stringContaining(words)]);
	});

	it.each(['multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain', 'application/json'])('is no form: %s', async (type) => {
		const answer = await board.ask('/board/act', { method: 'POST', body: 'action=erase', headers: { 'content-type': type } });
		expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Choose what is to be done.')]);
	});
});

describe('a rejected payload', () => {
	it('keeps who closed it, and the note, in which a person who is to be erased is found, as in those of leads', async () => {
		const id = await app.post({ 'no lead': 1 });
		await form({ action: 'close', id, note: 'a test, says bob@contoso.example' });
		const { rejection } = await get(`/api/board/leads/${id}`);
		expect(rejection).toMatchObject({ closedBy: me, closedNote: 'a test, says bob@contoso.example' });
		expect(await page(`/board/leads/${id}`)).toContain('a test');
		const leadId = await ended();
		await form({ action: 'send', to: 'webhook:sales', id: leadId, note: 'Bob@contoso.example asked' });
		const found = await findPerson('bob@contoso.example', { ...app.services, onProgress: () => undefined });
		expect([found.rejections.map((rejection) => rejection.id), found.leads.map((lead) => lead.leadId)]).toEqual([[id], [leadId]]);
	});
});

describe('the board as JSON', () => {
	it('gives what the pages show', async () => {
		const leadId = await ended(payload({ OfferTitle: 'One of a kind', UserDetails: { Email: 'ada@contoso.example' } }));
		const rejected = await app.post({ 'no lead': 2 });
		const today = await get('/api/board/today');
		expect(today).toMatchObject({ now: expect.stringMatching(/Z$/), latest: expect.any(String), todo: expect.any(Array) });
		expect(today.destinations.map(({ name }: { name: string }) => name)).toEqual(['email', 'crm', 'webhook:sales']);
		const { leads, next } = await get('/api/board/leads?offer=One%20of%20a%20kind');
		expect([leads.length, leads[0].leadId, next]).toEqual([1, leadId, undefined]);
		expect(leads[0].deliveries.email).toMatchObject({ state: 'delivered', since: expect.any(String) });
		const lead = await get(`/api/board/leads/${leadId}`);
		expect(lead).toMatchObject({ leadId, lead: { offerTitle: 'One of a kind' }, payload: expect.stringContaining('One of a kind') });
		const found = await (await send('/api/board/leads/search', { text: 'ada@contoso.example' })).json();
		expect([found.leads[0].leadId, found.by]).toEqual([leadId, 'address']);
		expect((await get('/api/board/rejected')).rejections.map(({ id }: { id: string }) => id)).toContain(rejected);
		expect(await get(`/api/board/states?id=${leadId}&id=x`)).toEqual({
			leads: [{ id: leadId, text: 'email delivered, crm delivered', waits: false, deliveries: { email: 'delivered', crm: 'delivered' } }],
		});
	});

	it.each<[string, () => Promise<Response>, number]>([
		['a filter that cannot be read', () => board.ask('/api/board/leads?state=x'), 400],
		['a lead that is not there', () => board.ask('/api/board/leads/01a0b0c0-d0e0-7000-8000-000000000001'), 404],
		['an id that is none', () => board.ask('/api/board/leads/../leads/1'), 404],
		['a search of plain text', () => send('/api/board/leads/search', { text: 'x' }, { 'content-type': 'text/plain' }), 415],
		['a search for nothing', () => send('/api/board/leads/search', { text: ' ' }), 400],
		['a search from another site', () => send('/api/board/leads/search', { text: 'x' }, { 'sec-fetch-site': 'cross-site' }), 403],
		['acts that are a list', () => send('/api/board/acts', [{ action: 'erase' }]), 400],
		['acts for which nothing was chosen', () => send('/api/board/acts', { action: 'replay', ids: [] }), 400],
	])('answers %s with a problem', async (_, ask, status) => {
		const answer = await ask();
		expect([answer.status, answer.headers.get('content-type'), (await answer.json()).status]).toEqual([
			status,
			'application/problem+json',
			status,
		]);
	});

	it('is as closed as the pages', async () => {
		board.gate.roles = ['Other'];
		try {
			for (const path of ['today', 'leads', `leads/${stranded[0]}`, 'rejected', 'states'])
				expect((await board.ask(`/api/board/${path}`)).status).toBe(403);
		} finally {
			board.gate.roles = ['Leads.Read', 'Leads.Act'];
		}
	});
});
