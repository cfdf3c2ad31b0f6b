import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { takeReceipt } from '../../../LeadIntake/take-receipt.ts';
import { drainSpill } from '../../../LeadSweep/drain-spill.ts';
import { spillQueue } from '../../../shared/accept/spill.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { poisonQueue } from '../../../shared/queues/bell.ts';
import { sendMessage } from '../../../shared/storage/messages.ts';
import { type App, openApp } from '../../support/app.ts';
import { runTool } from '../../support/leads-tool.ts';
import { payload } from '../../support/payload.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

// Dozens of exchanges with storage each: a busy machine takes its time.
jest.setTimeout(60_000);

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

const address = 'someone@contoso.com';
const tool = (args: string, answer?: boolean) => runTool(app, args, answer);
const signal = () => AbortSignal.timeout(20_000);

let offers = 0;
const body = (more: object) => JSON.stringify(payload({ OfferTitle: `Offer ${++offers}`, ...more }));

/** As the intake takes it; `spilled`: while the journal cannot be written. */
async function post(bytes: string | Uint8Array, { contentType, spilled = false }: { contentType?: string; spilled?: boolean } = {}) {
	app.now += 1000;
	const receipt = {
		leadId: newLeadId(app.now),
		receivedAt: app.now,
		payload: Buffer.from(bytes as string),
		...(contentType && { contentType }),
	};
	const journal = spilled ? async () => Promise.reject(new Error('no journal')) : app.services.journal;
	await takeReceipt(receipt, { ...app.deliveryDeps, journal, spill: app.services.spill });
	return receipt.leadId;
}

/** Everything that table and queues hold, every binary as text. */
async function everythingStored(): Promise<string> {
	const rows = [];
	for await (const row of app.table.listEntities()) rows.push(row);
	const texts = [JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))];
	for (const name of [spillQueue, poisonQueue]) texts.push(...(await messagesOf(name)));
	return texts.join('\n');
}

async function messagesOf(name: string): Promise<string[]> {
	const queue = await app.services.queue(name);
	await queue.make(AbortSignal.timeout(20_000));
	return (await queue.peek({ most: 32 }, AbortSignal.timeout(20_000))).map((text) => Buffer.from(text, 'base64').toString());
}

const inALead: [string, object][] = [
	['Email', { UserDetails: { Email: 'Someone@Contoso.com' } }],
	['Email with a name', { UserDetails: { Email: `Some One <${address}>` } }],
	['Email as a link', { UserDetails: { Email: `mailto:${address}` } }],
	['Email as a link in capitals', { UserDetails: { Email: `MAILTO:${address.toUpperCase()}` } }],
	['Email in full width', { UserDetails: { Email: 'someone＠contoso．com' } }],
	['a second Email', { Email: address }],
	['an unknown member', { UserDetails: { AlternateMail: address } }],
	['the name of an unknown member', { [address]: 'yes' }],
	['the description', { Description: `Call me or write to ${address}.` }],
	['a campaign value', { Description: JSON.stringify({ utm_source: `https://contoso.com/?mail=someone%40contoso.com` }) }],
	['an object in a text in an object', { Custom: { deep: [JSON.stringify({ more: JSON.stringify({ mail: address }) })] } }],
	['an entity', { Description: 'someone&#64;contoso.com' }],
	['a name', { UserDetails: { LastName: `(${address})` } }],
];
const rejected: [string, string | Uint8Array, string?][] = [
	['percent-encoded', 'Email=someone%40contoso.com&x=1', 'application/x-www-form-urlencoded'],
	['a JSON escape', '["someone\\u0040contoso.com"]'],
	['quoted-printable', 'To: someone=40conto=\r\nso.com'],
	['UTF-16', Buffer.from(`[${address}]`, 'utf16le')],
	['gzip', gzipSync(JSON.stringify([address]))],
	['base64', Buffer.from(body({ UserDetails: { Email: address } })).toString('base64')],
];

describe('npm run leads -- erase --email', () => {
	it.each(inALead)('finds a lead by %s', async (_, more) => {
		const leadId = await post(body(more));
		const other = await post(body({ Description: 'joe.someone@contoso.com, someone@contoso.com.au, someone+x@contoso.com' }));
		expect((await tool(`erase --email ${address} --yes --json`)).json()).toMatchObject({ erased: [leadId] });
		expect(await app.find(leadId)).toBeUndefined();
		expect(await app.find(other)).toBeDefined();
	});

	it.each(rejected)('finds a rejected payload: %s', async (_, ...[bytes, contentType]) => {
		const id = await post(bytes, contentType ? { contentType } : {});
		const other = await post('["joe.someone@contoso.com"]');
		expect((await tool(`erase --email ${address} --yes --json`)).json()).toMatchObject({ erased: [id] });
		const journal = await app.services.journal();
		expect(await journal.findRejection(id, signal())).toBeUndefined();
		expect(await journal.findRejection(other, signal())).toBeDefined();
	});

	it('leaves nothing of the person in table and queues, and everything of others', async () => {
		const spilled = await post(body({ UserDetails: { Email: address } }), { spilled: true });
		const spilledOther = await post(body({ UserDetails: { Email: 'other@contoso.com' } }), { spilled: true });
		const spilledRejected = await post('[someone%40contoso.com]', { spilled: true });
		const poison = await app.services.queue(poisonQueue);
		await sendMessage(poison, `not a bell: ${address}`, { signal: signal() });
		const leads = [];
		for (const [, more] of inALead) leads.push(await post(body(more)));
		const refused = [];
		for (const [, bytes] of rejected) refused.push(await post(bytes));
		const kept = await post(body({ UserDetails: { Email: 'other@contoso.com' } }));

		const { code, notes, json } = await tool(`erase --email ${address} --yes --json`);
		expect(code).toBe(0);
		expect(new Set(json().erased)).toEqual(new Set([...leads, ...refused, spilled, spilledRejected]));
		expect(json()).toMatchObject({ messages: 1, searched: { leads: 14, rejections: 6, messages: 4 }, unsearched: [] });
		expect(notes).toContain('Searched: 14 leads, 6 rejected payloads and 4 messages of the queues spill and bells-poison');
		expect(notes).toContain('Not searched, because this command cannot: mails in the mailboxes');
		expect(await everythingStored()).not.toMatch(/someone/i);
		expect(await messagesOf(spillQueue)).toEqual([expect.stringContaining(spilledOther)]);
		expect(await app.find(kept)).toBeDefined();

		await drainSpill(app.sweepDeps);
		expect(await app.find(spilled)).toBeUndefined();
		expect(await app.find(spilledOther)).toBeDefined();
		for (const leadId of [spilled, spilledOther]) await app.deliver(leadId);
		expect(app.calls.filter(({ destination }) => destination === 'email')).toHaveLength(1);
	});

	it('shows and asks before it erases, and gives back what it only looked at', async () => {
		const leadId = await post(body({ UserDetails: { Email: address } }));
		const spilled = await post(body({ UserDetails: { Email: address } }), { spilled: true });
		const dry = await tool(`erase --email ${address} --dry-run`);
		expect(dry).toMatchObject({ code: 0, notes: expect.stringContaining('would erase 1 lead and 1 queue message in the test journal') });
		expect(dry.out).toContain(`queue spill: ${spilled}`);
		const no = await tool(`erase --email ${address}`, false);
		expect(no).toMatchObject({ code: 1, questions: ['Erase 1 lead and 1 queue message in the test journal?'] });
		expect(await app.find(leadId)).toBeDefined();
		await drainSpill(app.sweepDeps);
		expect(await app.find(spilled)).toBeDefined();
	});

	it('erases what left the spill for the journal while a person thought about it', async () => {
		const spilled = await post(body({ UserDetails: { Email: address } }), { spilled: true });
		const late: string[] = [];
		const open = app.services.queue;
		let searches = 0;
		app.services.queue = async (name) => {
			if (name === spillQueue && ++searches === 2) {
				await drainSpill({ ...app.sweepDeps, queue: open });
				late.push(await post(body({ Description: `from ${address}` })));
			}
			return open(name);
		};
		expect((await tool(`erase --email ${address} --yes --json`)).json().erased).toEqual(expect.arrayContaining([spilled, ...late]));
		expect(await everythingStored()).not.toMatch(/someone/i);
	});

	it('waits for what a sweep holds at the moment', async () => {
		const spilled = await post(body({ UserDetails: { Email: address } }), { spilled: true });
		const queue = await app.services.queue(spillQueue);
		const [message] = await queue.receive({ most: 1, hiddenS: 600 }, AbortSignal.timeout(20_000));
		let pauses = 0;
		app.services.pause = async () => {
			if (++pauses === 3 && message) await queue.hide(message, 0, AbortSignal.timeout(20_000));
		};
		expect((await tool(`erase --email ${address} --yes --json`)).json()).toMatchObject({ erased: [spilled], unsearched: [] });
	});

	it('says what it could not look into, and fails', async () => {
		const leadId = await post(body({ UserDetails: { Email: address } }));
		const open = app.services.queue;
		app.services.queue = async (name) => {
			if (name === spillQueue) throw Object.assign(new Error('no'), { statusCode: 403 });
			return open(name);
		};
		const { code, notes } = await tool(`erase --email ${address} --yes`);
		expect(code).toBe(1);
		expect(notes).toContain('NOT searched: the queue spill (403 Error)');
		expect(await app.find(leadId)).toBeUndefined();
	});

	it('fails when somebody holds messages for good', async () => {
		await post(body({ UserDetails: { Email: address } }), { spilled: true });
		const queue = await app.services.queue(spillQueue);
		await queue.receive({ most: 1, hiddenS: 600 }, AbortSignal.timeout(20_000));
		expect(await tool(`erase --email ${address} --yes`)).toMatchObject({
			code: 1,
			notes: expect.stringContaining('NOT searched: 1 messages of the queue spill (another process holds them)'),
		});
	});

	it('says what was searched when nothing matches', async () => {
		await post(body({}));
		const { code, notes } = await tool('erase --email nobody@contoso.com --yes');
		expect(code).toBe(1);
		expect(notes).toContain('Searched: 1 lead, 0 rejected payloads and 0 messages');
		expect(notes).toContain('Nothing matches.');
	});

	it('shows how far it is', async () => {
		for (let lead = 0; lead < 120; lead++) await post(body({}));
		const { progress } = await tool(`erase --email ${address} --dry-run`);
		expect(progress).toContain('[####################----] 100 of 120 leads');
	});
});

describe('npm run leads -- erase ID', () => {
	it('takes a lead out of the spill, so that it is not mailed afterwards', async () => {
		const spilled = await post(body({}), { spilled: true });
		const other = await post(body({}), { spilled: true });
		expect(await tool(`erase ${spilled} --dry-run`)).toMatchObject({ code: 0, out: `queue spill: ${spilled}\n` });
		expect(await tool(`erase ${spilled} --yes`)).toMatchObject({ code: 0, out: '1 erased from the test journal\n' });
		await drainSpill(app.sweepDeps);
		expect(await app.find(spilled)).toBeUndefined();
		expect(await app.find(other)).toBeDefined();
	});
});

describe('npm run leads -- erase --state rejected', () => {
	const rejections = async () => {
		const journal = await app.services.journal();
		return (await journal.rejections({ since: 0, until: Number.MAX_SAFE_INTEGER }, { most: 1000 }, signal())).items.map(({ id }) => id);
	};

	it('erases rejected payloads in bulk, closed or not, and no lead', async () => {
		const lead = await post(body({}));
		for (let number = 0; number < 120; number++) await post(`[${number}]`);
		await tool(`close ${(await rejections())[0]} --yes`);
		const { code, out, progress } = await tool('erase --state rejected --yes');
		expect([code, out]).toEqual([0, '120 rejected payloads erased from the test journal\n']);
		expect(progress).toContain('[#########---------------] 49 of 120 rejected payloads');
		expect(await rejections()).toEqual([]);
		expect(await app.find(lead)).toBeDefined();
		const journal = await app.services.journal();
		expect(await journal.tickets('rejected', { until: app.now * 2, most: 10 }, signal())).toEqual([]);
		expect(await journal.counts({ first: '2000-01-01', last: '2999-12-31' }, signal())).toMatchObject([{ counts: { rejected: 120 } }]);
	});

	it('is told by the list how many more there were', async () => {
		const id = await post('[1]');
		const day = new Date(app.now).toISOString().slice(0, 10);
		await app.table.createEntity({ partitionKey: 'journal', rowKey: `u|${day}|one`, v: 1, notKept: 1234 });
		expect(await tool('list --state rejected')).toMatchObject({
			code: 0,
			notes: '1234 more were counted, but not stored: only the first 1000 of a day are stored.\n',
		});
		expect((await tool('list --state rejected --json')).json()).toMatchObject({ notKept: 1234 });
		await tool(`close ${id} --yes`);
		expect(await tool('list --state rejected')).toMatchObject({ code: 1, notes: 'Nothing matches.\n' });
		expect((await tool('list --state rejected --since P1D')).notes).toContain('1234 more were counted');
	});

	it('erases those of a time, over midnight, after a yes', async () => {
		await post('[1]');
		app.now += 2 * 86_400_000;
		const two = await post('[2]');
		app.now += 86_400_000;
		const three = await post('[3]');
		expect(await tool('erase --state rejected --since P2D --dry-run --json')).toMatchObject({ code: 0 });
		expect(await tool('erase --state rejected --since P2D')).toMatchObject({ code: 2 });
		const asked = await tool('erase --state rejected --since P2D', true);
		expect(asked.questions).toEqual(['Erase 2 rejected payloads in the test journal?']);
		expect(asked.out).toContain(two);
		expect(await rejections()).toHaveLength(1);
		expect(await rejections()).not.toContain(three);
		expect(await tool('erase --state rejected --since P2D --yes')).toMatchObject({ code: 1, notes: 'Nothing matches.\n' });
	});

	it('leaves the lead that a rejected payload became', async () => {
		const id = newLeadId(app.now);
		const journal = await app.services.journal();
		await journal.reject({ id, receivedAt: app.now, payload: Buffer.from(body({})), status: 400, issues: [] }, signal());
		await tool(`replay ${id} --yes`);
		expect(await tool('erase --state rejected --yes')).toMatchObject({ code: 0 });
		expect(await journal.findRejection(id, signal())).toBeUndefined();
		expect(await app.find(id)).toBeDefined();
	});

	it.each([
		'erase --state parked --yes',
		'erase --since P1D --yes',
		'erase --state rejected --email someone@contoso.com',
		`erase ${newLeadId(1)} --state rejected`,
		'erase --email a@b.example --limit 3',
		'erase --email @b.example',
		'erase --email a@b@c',
	])('refuses %s', async (args) => {
		expect(await tool(args)).toMatchObject({ code: 2 });
	});
});
