import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { leadKey } from '../../../shared/journal/table/row-keys.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { runLeads } from '../../../tools/leads/run-leads.ts';
import { type App, delivered, openApp, unavailable } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { runTool } from '../../support/leads-tool.ts';
import { payload } from '../../support/payload.ts';
import { readWorkbook } from '../../support/read-workbook.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const minute = 60_000;
const refused = { kind: 'permanent', code: '400 0x80044331', reason: 'the subject is too long', remedy: 'Shorten it.' } as const;

// Dozens of exchanges with storage each: a busy machine takes its time.
jest.setTimeout(30_000);

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

const tool = (args: string, answer?: boolean) => runTool(app, args, answer);
const idsOf = ({ json }: { json: () => { leads: { leadId?: string; id?: string }[] } }) =>
	json().leads.map(({ leadId, id }) => leadId ?? id);
const statesOf = async (leadId: string) =>
	Object.entries((await app.find(leadId))?.deliveries ?? {}).map(([name, { state }]) => `${name} ${state}`);

/** One lead of each kind, each a minute younger than the one before. */
async function post() {
	const next = async (posted: object) => {
		app.now += minute;
		return app.post(posted);
	};
	const done = await next(payload({ OfferTitle: 'Alpha', UserDetails: { Company: 'Fabrikam' } }));
	await app.deliver(done);
	const again = payload({ OfferTitle: 'Alpha', UserDetails: { Company: 'Fabrikam' } });
	await next(again);
	await eventually(async () => (await app.find(done))?.receipts === 2); // counted behind the answer
	app.behaviour.crm = () => refused;
	const parked = await next(payload({ OfferTitle: 'Beta', UserDetails: { FirstName: 'Grace', Email: 'grace@example.com' } }));
	await app.deliver(parked);
	app.behaviour.crm = () => unavailable;
	const pending = await next(payload({ OfferTitle: 'Gamma', UserDetails: { FirstName: 'MSFT_TEST', LastName: undefined } }));
	await app.deliver(pending);
	app.behaviour.crm = () => delivered;
	const rejected = await next(['grace@example.com']);
	return { done, parked, pending, rejected };
}

describe('npm run leads -- list', () => {
	it('shows leads newest first, one line each', async () => {
		const { done, parked, pending } = await post();
		const { code, out } = await tool('list');
		expect(code).toBe(0);
		const lines = out.trimEnd().split('\n');
		expect(lines[0]).toMatch(/^RECEIVED \(UTC\) +LEAD +NAME +COMPANY +OFFER +DELIVERIES +MARKS$/);
		expect(lines.slice(1).map((line) => line.slice(21, 57))).toEqual([pending, parked, done]);
		expect(lines[2]).toMatch(/Grace Lovelace +Analytical Engines Ltd +Beta +email delivered, crm parked$/);
		expect(lines[3]).toMatch(/email delivered, crm delivered +came 2 times$/);
	});

	it('finds by state, destination, time and text', async () => {
		const leads: Record<string, string> = await post();
		const expected: [options: string, found: string[]][] = [
			['--state pending', ['pending']],
			['--state pending --destination email', []],
			['--state parked', ['parked']],
			['--state parked --destination email', []],
			['--state delivered', ['pending', 'parked', 'done']],
			['--state delivered --destination crm', ['done']],
			['--state duplicate', ['done']],
			['--state test', ['pending']],
			['--state rejected', ['rejected']],
			['--state undecided', []],
			['--destination crm', ['pending', 'parked', 'done']],
			['--since PT3M', ['pending', 'parked']],
			['--until PT3M', ['done']],
			['--search GRACE --since P1D', ['parked']],
			['--search fabrikam --since P1D', ['done']],
			['--search gamma --since P1D --state parked', []],
		];
		for (const [options, names] of expected) {
			const result = await tool(`list ${options} --json`);
			expect([options, idsOf(result), result.code]).toEqual([options, names.map((name) => leads[name]), names.length > 0 ? 0 : 1]);
		}
	});

	it('goes on where a page ended, in every kind of list', async () => {
		app.behaviour.crm = () => refused;
		for (let index = 0; index < 5; index++) await app.deliver(await app.post());
		for (const list of ['list', 'list --state parked', 'list --state delivered']) {
			const seen: (string | undefined)[] = [];
			let more = '';
			for (let pages = 0; pages < 4; pages++) {
				const page = await tool(`${list} --limit 2 --json${more}`);
				seen.push(...idsOf(page));
				if (!page.json().next) break;
				more = ` --after ${page.json().next}`;
			}
			expect(new Set(seen).size).toBe(5);
			expect(seen).toHaveLength(5);
		}
		expect((await tool('list --limit 2')).notes).toMatch(/There is more: add --after [0-9a-f-]{36}\n/);
	});

	it('lists an undecided lead', async () => {
		app = await openApp(storage.connectionString, {});
		const leadId = await app.post();
		expect(idsOf(await tool('list --state undecided --json'))).toEqual([leadId]);
		expect((await tool('list')).out).toContain('undecided');
	});

	it('finds a delivery that a newer version has written', async () => {
		const leadId = await app.post();
		await app.post();
		await app.table.updateEntity({ partitionKey: 'journal', rowKey: leadKey(leadId), crm: '{"state":"asleep"}' }, 'Merge');
		expect(idsOf(await tool('list --state unreadable --json'))).toEqual([leadId]);
	});

	it('says that nothing matches', async () => {
		expect(await tool('list')).toMatchObject({ code: 1, out: '', notes: 'Nothing matches.\n' });
	});

	it('shows nothing of a lead that could move the cursor', async () => {
		await app.post(payload({ UserDetails: { Company: 'Evil\u001b[2J\u009b1m\u202e Corp', LastName: '名前' } }));
		const { out } = await tool('list');
		expect(out).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
		expect(out).toContain('名前');
	});
});

describe('npm run leads -- show', () => {
	it('tells of a lead what it says and all that happened to it', async () => {
		const { parked } = await post();
		const { code, out } = await tool(`show ${parked}`);
		expect(code).toBe(0);
		for (const expected of [
			/^Lead {6}/,
			/^Received .* UTC \(2 min ago\)$/m,
			/^Name {6}Grace Lovelace$/m,
			/^Action {4}Acquired \/ Get it now$/m,
			/^email: delivered/m,
			/^ {4}proof {5}accepted, proof$/m,
			/^crm: parked/m,
			/^ {4}why {7}400 0x80044331: the subject is too long$/m,
			/^ {4}to do {5}Shorten it\.$/m,
			new RegExp(`^ {4}then {6}npm run leads -- replay ${parked} --destination crm `, 'm'),
			/^ {6}#1 {2}.*permanent, 400 0x80044331, took 0 ms: the subject is too long$/m,
		])
			expect(out).toMatch(expected);
		expect(out).not.toContain('Payload');
	});

	it('tells when a pending delivery is due, and that its destination cools down', async () => {
		app.behaviour.crm = () => ({ ...unavailable, retryAfterMs: 5 * minute });
		const leadId = await app.post();
		await app.deliver(leadId);
		const { out } = await tool(`show ${leadId}`);
		expect(out).toMatch(/^crm: pending, attempt 2 is due .*\(in 5 min\)$/m);
		expect(out).toMatch(/^ {4}paused {4}until .*: it asked the app to wait \(503\)$/m);
	});

	it('shows the payload when asked, and JSON', async () => {
		const { pending } = await post();
		expect((await tool(`show ${pending} --payload`)).out).toMatch(/^Payload\n {4}\{\n {6}"UserDetails": \{$/m);
		expect((await tool(`show ${pending} --json --payload`)).json()).toMatchObject({
			leadId: pending,
			receivedAt: new Date(app.now - minute).toISOString(),
			lead: { offerTitle: 'Gamma', isTest: true },
			deliveries: { crm: { state: 'pending', attempts: 1, recent: [{ number: 1, outcome: 'transient', code: '503' }] } },
			payload: expect.stringContaining('MSFT_TEST'),
		});
	});

	it('shows a rejected payload with its issues', async () => {
		const { rejected } = await post();
		const { code, out } = await tool(`show ${rejected}`);
		expect(code).toBe(0);
		expect(out).toMatch(/^Rejected {2}.*\nReceived .*, answered 400\nClosed .*\n {4}The body is JSON, but not an object/m);
	});

	it('shows the headers of a rejected payload, and decodes what can be decoded', async () => {
		const journal = await app.services.journal();
		const reject = async (payload: Uint8Array, contentEncoding: string) => {
			const id = newLeadId(app.now++);
			const headers = { contentType: 'application/json', contentEncoding };
			await journal.reject({ id, receivedAt: app.now, payload, ...headers, status: 415, issues: [] }, AbortSignal.timeout(20_000));
			return id;
		};
		const { out } = await tool(`show ${await reject(gzipSync('{"some":"thing"}'), 'gzip')} --payload`);
		expect(out).toMatch(/answered 415\nType {6}application\/json\nEncoding {2}gzip\n/);
		expect(out).toContain('"some": "thing"');
		const odd = await tool(`show ${await reject(Buffer.from('as it came'), 'zstd\u001b[31m')} --payload`);
		expect(odd.out).toContain('as it came');
		expect(odd.out).not.toContain('\u001b');
		expect((await tool(`show ${await reject(Buffer.from('x'), 'zstd')} --json`)).json()).toMatchObject({
			rejection: { status: 415, contentEncoding: 'zstd' },
		});
	});

	it('counts receipts, and takes an id as people paste it', async () => {
		const { done } = await post();
		expect((await tool(`show {${done.toUpperCase()}}`)).out).toMatch(
			/^Receipts {2}2: the first and 1 with the same content, the latest 20/m,
		);
	});

	it('says when there is no such lead', async () => {
		expect(await tool(`show ${newLeadId(app.now)}`)).toMatchObject({
			code: 1,
			notes: expect.stringMatching(/There is no lead .* in the test journal/),
		});
	});
});

describe('npm run leads, given what sales read out', () => {
	it('finds a lead by its reference, however it is written, in every command', async () => {
		const { parked, done, rejected } = await post();
		const reference = parked.slice(-8);
		for (const name of [
			reference,
			`#${reference}`,
			`[#${reference}]`,
			reference.toUpperCase(),
			parked.slice(0, 23),
			parked.replaceAll('-', ''),
		])
			expect((await tool(`show '${name}' --json`)).json()).toMatchObject({ leadId: parked });
		expect((await tool(`show ${parked}`)).out).toContain(`Reference #${reference}`);
		expect((await tool(`show ${rejected.slice(-8)} --json`)).json()).toMatchObject({ rejection: { id: rejected } });
		for (const search of [reference, `[#${reference}]`, parked.toUpperCase()])
			expect(idsOf(await tool(`list --search '${search}' --json`))).toEqual([parked]);
		expect(idsOf(await tool(`list --search ${reference} --state delivered --destination crm --json`))).toEqual([]);
		expect(await tool(`close ${reference} --yes`)).toMatchObject({ code: 0, out: '1 delivery of 1 lead closed\n' });
		expect((await tool(`erase ${done.slice(-8)} --yes --json`)).json()).toMatchObject({ erased: [done] });
		expect(await tool('show 00000000')).toMatchObject({ code: 1, notes: expect.stringContaining('There is no lead 00000000') });
		expect(await tool('retry 00000000')).toMatchObject({ code: 1 });
		expect((await tool('replay 00000000 --yes')).notes).toContain('00000000: there is nothing under this id');
	});

	it('lists them all where a beginning is that of several, and acts on none', async () => {
		const { parked, done } = await post();
		const beginning = parked.slice(0, 4);
		for (const command of [`show ${beginning}`, `erase ${beginning} --yes`]) {
			const { code, out, notes } = await tool(command);
			expect([code, notes]).toEqual([2, expect.stringContaining(`${beginning} may be any of 4: name one by its whole id.`)]);
			expect(out).toContain(parked);
			expect(out).toContain(done);
		}
	});

	it('shows the lead of an address or of a phone number', async () => {
		const { parked } = await post();
		const called = await app.post(payload({ UserDetails: { Email: 'zoë@MÜNCHEN.example', Phone: '+49 (0)89 123 456' } }));
		const shown = async (name: string) => (await tool(`show ${name} --json`)).json().leadId;
		expect(await shown('Grace@Example.com')).toBe(parked);
		expect(await shown("'Grace <grace@example.com>'")).toBe(parked);
		expect(await shown('zoë@xn--mnchen-3ya.example')).toBe(called);
		expect(await shown('089 123-456')).toBe(called);
		expect(await tool('show nobody@example.com')).toMatchObject({ code: 1, notes: expect.stringContaining('no lead nobody@example.com') });
		expect(await tool('show 442071234567')).toMatchObject({ code: 2, notes: expect.stringContaining('may be any of 3') });
	});

	it('searches phone numbers, countries and campaigns, and filters by what leads say', async () => {
		const german = await app.post(
			payload({
				UserDetails: { Country: 'Deutschland', Phone: '4917112345678' },
				LeadSource: 'SPZA-PLT|contoso.crm',
				ActionCode: 'PLT',
				Description: '{"mktcmpid":"spring"}',
			}),
		);
		const british = await app.post();
		for (const [asked, found] of [
			["--since P1D --search '0171 123 456 78'", [german]],
			['--since P1D --search germany', [german]],
			['--since P1D --search spring', [german]],
			['--country DE', [german]],
			["--country 'United Kingdom'", [british]],
			['--source appsource --offer contoso', [german]],
			['--campaign mktcmpid=spring', [german]],
			["--action 'Acquired / Get it now'", [british]],
			['--state pending --country Allemagne', [german]],
			['--country France', []],
		] as const) {
			const command = `list ${asked} --json`;
			expect([command, idsOf(await tool(command))]).toEqual([command, found]);
		}
		expect(
			(await tool('export --country DE --json')).out
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line).leadId),
		).toEqual([german]);
		expect(await tool('replay --country DE --dry-run')).toMatchObject({ code: 1, notes: expect.stringContaining('Nothing matches.') });
		expect(await tool('list --state rejected --country DE')).toMatchObject({ code: 2 });
	});
});

describe('npm run leads -- stats', () => {
	it('counts with bars, as wide as the terminal allows, and as JSON', async () => {
		for (const Country of ['Germany', 'DE', 'GB']) await app.post(payload({ UserDetails: { Country }, Description: Country }));
		await app.post(payload({ UserDetails: { FirstName: 'MSFT_TEST', LastName: undefined } }));
		const { code, out, notes } = await tool('stats --by country');
		expect([code, notes]).toEqual([0, '3 leads. 1 test not counted.\n']);
		expect(out).toBe(
			[
				'COUNTRY              LEADS  SHARE',
				`Germany (DE)             2   67 %  ${'█'.repeat(40)}`,
				`United Kingdom (GB)      1   33 %  ${'█'.repeat(20)}`,
				'',
			].join('\n'),
		);
		expect((await tool('stats --by country --top 1 --json')).json()).toEqual({
			by: 'country',
			leads: 3,
			rows: [{ value: 'DE', label: 'Germany (DE)', leads: 2 }],
			others: { values: 1, leads: 1 },
			tests: 1,
			erased: 0,
			uncounted: 0,
		});
		expect((await tool('stats --by day --country DE --json')).json()).toMatchObject({
			leads: 2,
			rows: [{ value: '2026-09-21', leads: 2 }],
		});
		expect((await tool('stats --by destination')).out).toMatch(/^DESTINATION +LEADS +SHARE +PENDING\ncrm +3 +100 % +3 +█+\nemail/);
		expect(await tool('stats --by offer --since 2030-01-01')).toMatchObject({
			code: 1,
			out: '',
			notes: 'There are no leads in this time.\n',
		});
	});

	it('goes on counting what was erased', async () => {
		const { done } = await post();
		expect((await tool('stats --by country --json')).json()).toMatchObject({ leads: 2, erased: 0 });
		await tool(`erase ${done} --yes`);
		const today = new Date(app.now).toISOString().slice(0, 10);
		for (const by of ['country', 'offer', 'action', 'day', 'week'])
			expect((await tool(`stats --by ${by} --json --since ${today}`)).json()).toMatchObject({ leads: 2, erased: 1, uncounted: 0 });
		expect((await tool('stats --by campaign')).notes).toContain('1 erased lead not counted: nothing is left that says the campaign');
	});
});

describe('npm run leads -- list --watch', () => {
	it('goes on with a line for each lead that comes or changes', async () => {
		const first = await app.post();
		const ended = new AbortController();
		const said = { out: [] as string[], notes: [] as string[] };
		const steps = [
			async () => undefined,
			async () => void (await app.post(payload({ UserDetails: { FirstName: 'Grace', LastName: 'Longer-Than-Lovelace' } }))),
			() => app.deliver(first),
			async () => ended.abort(),
		];
		const code = await runLeads(['list', '--watch'], {
			terminal: {
				print: async (text) => void said.out.push(String(text)),
				note: (text) => void said.notes.push(text),
				progress: () => undefined,
			},
			clock: () => app.now,
			environment: {},
			ended: ended.signal,
			pause: async () => void (await steps.shift()?.()),
			open: async () => ({ journal: app.services.journal, bell: app.services.bell, queue: app.services.queue, where: 'the test journal' }),
		});
		expect([code, said.notes]).toEqual([0, []]);
		expect(said.out).toEqual([
			expect.stringMatching(/^RECEIVED .*\n.*Ada Lovelace.*crm pending\n$/),
			expect.stringMatching(/^[^\n]*Grace Longer[^\n]*\n$/),
			expect.stringMatching(/^[^\n]*Ada Lovelace[^\n]*crm delivered\n$/),
		]);
	});
});

describe('npm run leads -- replay', () => {
	it('shows what it would do, and asks', async () => {
		const { parked } = await post();
		const dry = await tool('replay --state parked --dry-run');
		expect(dry).toMatchObject({ code: 0, notes: 'Dry run: would replay 1 lead in the test journal. Nothing was done.\n' });
		expect(dry.out).toContain(parked);
		expect(await tool('replay --state parked', false)).toMatchObject({ code: 1, questions: ['Replay 1 lead in the test journal?'] });
		expect(await tool('replay --state parked')).toMatchObject({ code: 2, notes: expect.stringContaining('add --yes') });
		expect(await statesOf(parked)).toEqual(['email delivered', 'crm parked']);
		expect(await tool('replay --state parked', true)).toMatchObject({
			code: 0,
			out: expect.stringContaining('1 delivery of 1 lead replayed\n'),
		});
		expect(await statesOf(parked)).toEqual(['email delivered', 'crm pending']);
	});

	it('replays many by a filter, rings each, and shows how far it is', async () => {
		app.behaviour.crm = () => refused;
		const leads: string[] = [];
		for (let index = 0; index < 4; index++) {
			leads.push(await app.post());
			await app.deliver(leads[index] ?? '');
			app.now += minute;
		}
		await app.hearBells();
		const result = await tool('replay --destination crm --since PT3M --yes');
		expect(result).toMatchObject({
			code: 0,
			out: '3 deliveries of 3 leads replayed\n',
			progress: expect.arrayContaining(['[########----------------] 1 of 3', '[################--------] 2 of 3']),
		});
		expect((await app.hearBells()).sort()).toEqual(leads.slice(1).sort());
		expect(await statesOf(leads[0] ?? '')).toEqual(['email delivered', 'crm parked']);
	});

	it('replays what was delivered only with --again', async () => {
		const { done } = await post();
		expect(await tool(`replay ${done} --yes`)).toMatchObject({ code: 1, notes: expect.stringContaining('is delivered: add --again') });
		expect(await tool('replay --state delivered --yes')).toMatchObject({ code: 2, notes: expect.stringContaining('only with --again') });
		expect(await tool(`replay ${done} --destination crm --again --yes`)).toMatchObject({ code: 0 });
		expect(await statesOf(done)).toEqual(['email delivered', 'crm pending']);
	});

	it('replays with --again and a state only the deliveries in that state', async () => {
		const { parked } = await post();
		expect(await tool('replay --state delivered --since PT3M --again --yes')).toMatchObject({ code: 0 });
		expect(await statesOf(parked)).toEqual(['email pending', 'crm parked']);
	});

	it('reads a rejected payload again', async () => {
		const { rejected } = await post();
		expect(await tool('replay --state rejected --yes')).toMatchObject({
			code: 1,
			notes: expect.stringMatching(`${rejected}: is still not a lead: .*object`),
		});
		const id = newLeadId(app.now);
		await (await app.services.journal()).reject(
			{ id, receivedAt: app.now, payload: Buffer.from(JSON.stringify(payload({ ActionCode: 'DNC' }))), status: 400, issues: [] },
			AbortSignal.timeout(20_000),
		);
		expect(await tool(`replay ${id} --yes`)).toMatchObject({ code: 0, out: `${id}: accepted; the next sweep delivers it\n` });
		// The tool does not know the settings of the app: it leaves the decision to it.
		expect(await app.find(id)).toMatchObject({ undecided: true, deliveries: {} });
	});

	it('never takes everything for want of a word', async () => {
		expect(await tool('replay --yes')).toMatchObject({ code: 2, notes: expect.stringContaining('Name lead ids, or a filter') });
		expect(await tool(`replay ${newLeadId(app.now)} --state parked`)).toMatchObject({ code: 2 });
		expect(await tool('replay --state pending')).toMatchObject({ code: 2, notes: expect.stringContaining('npm run leads -- retry') });
		expect(await tool('replay --since P1D --until P2D')).toMatchObject({ code: 2, notes: expect.stringContaining('--since is later') });
		expect(await tool('replay --state undecided')).toMatchObject({ code: 2, notes: expect.stringContaining('--state must be one of') });
	});

	it('tells as JSON what it did, and what it did not', async () => {
		const { parked, pending } = await post();
		const absent = newLeadId(app.now);
		expect((await tool(`replay ${parked} ${pending} ${absent} --json --dry-run`)).json()).toMatchObject({
			dryRun: true,
			would: [parked],
			replayed: [],
		});
		expect((await tool(`replay ${parked} ${pending} ${absent} --json --yes`)).json()).toEqual({
			dryRun: false,
			replayed: [{ leadId: parked, deliveries: ['crm'], bell: 'rung' }],
			rejections: [],
			refused: [
				{ id: absent, why: expect.stringContaining('nothing under this id') },
				{ id: pending, why: expect.stringContaining(`pending already: npm run leads -- retry ${pending} --destination crm`) },
			],
		});
	});
});

describe('npm run leads -- close', () => {
	it('closes what is parked, and what was rejected', async () => {
		const { parked, rejected, done } = await post();
		expect(await tool(`close ${parked} ${rejected} --yes`)).toMatchObject({
			code: 0,
			out: `${rejected}: closed\n1 delivery of 1 lead closed\n`,
		});
		expect(await statesOf(parked)).toEqual(['email delivered', 'crm closed']);
		expect(await tool('list --state rejected')).toMatchObject({ code: 1 });
		expect(await tool(`close ${done} --yes`)).toMatchObject({ code: 1, notes: expect.stringContaining('is delivered, not parked') });
		expect(await tool(`close ${rejected} --yes`)).toMatchObject({ code: 1, notes: expect.stringContaining('is closed already') });
	});
});

describe('npm run leads -- erase', () => {
	it('erases a lead by id, after showing what it is', async () => {
		const { parked } = await post();
		const dry = await tool(`erase ${parked} --dry-run`);
		expect(dry.out).toContain('Grace');
		expect(dry.notes).toContain('1 of these are not completely delivered yet.');
		expect(await app.find(parked)).toBeDefined();
		expect(await tool(`erase ${parked} --yes`)).toMatchObject({ code: 0, out: '1 erased from the test journal\n' });
		expect(await app.find(parked)).toBeUndefined();
		expect(await tool(`erase ${parked} --yes`)).toMatchObject({ code: 1 });
	});

	it('erases everything with an address, and nothing else', async () => {
		const { done, parked, rejected } = await post();
		expect((await tool('erase --email Grace@Example.com --yes --json')).json()).toMatchObject({ erased: [parked, rejected] });
		expect(idsOf(await tool('list --search grace --since P1D --json'))).toEqual([]);
		expect(await tool(`show ${rejected}`)).toMatchObject({ code: 1 });
		expect(await app.find(done)).toBeDefined();
		expect(await tool('erase --email grace@example.com --yes')).toMatchObject({
			code: 1,
			notes: expect.stringContaining('Nothing matches.'),
		});
	});

	it('wants an id or an address', async () => {
		for (const args of ['erase --yes', 'erase --email nobody --yes', `erase ${newLeadId(1)} --email a@b.example`])
			expect(await tool(args)).toMatchObject({ code: 2 });
	});
});

describe('npm run leads -- export', () => {
	it('writes CSV that a spreadsheet opens as it was meant', async () => {
		await app.deliver(await app.post(payload({ UserDetails: { Company: '=cmd|calc', Phone: '+49 30 1' }, Description: 'two\n"lines"' })));
		const { code, out, notes } = await tool('export');
		expect([code, notes]).toEqual([0, '1 exported\n']);
		const [head, ...rest] = out.split('\r\n');
		expect(head).toMatch(
			/^\uFEFF"leadId","receivedAt","receipts",.*"emailState","emailAt","emailAttempts","emailReason","emailProof","crmState"/,
		);
		expect(rest.join('\r\n')).toContain(`"'=cmd|calc"`);
		expect(out).toContain(`"'+49 30 1"`);
		expect(out).toContain('"two\n""lines"""');
	});

	it('writes a JSON object a line, in pages', async () => {
		const posted = await Promise.all(Array.from({ length: 205 }, () => app.post()));
		const { out } = await tool('export --format jsonl');
		const lines = out.trimEnd().split('\n');
		expect(new Set(lines.map((line) => JSON.parse(line).leadId))).toEqual(new Set(posted));
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({ lead: { firstName: 'Ada' }, deliveries: { crm: { state: 'pending' } } });
		expect((await tool('export --json --limit 3')).out.trimEnd().split('\n')).toHaveLength(3);
	});

	it('filters as the list does, rejected payloads too', async () => {
		const { parked } = await post();
		expect(JSON.parse((await tool('export --json --state parked')).out)).toMatchObject({ leadId: parked });
		expect(JSON.parse((await tool('export --json --state rejected')).out)).toMatchObject({ status: 400, payload: '["grace@example.com"]' });
		expect(await tool('export --state undecided')).toMatchObject({ code: 1, out: '' });
	});

	it.each(['csv', 'jsonl'])('shows the control characters of a rejected payload without printing them, as %s', async (format) => {
		const journal = await app.services.journal();
		const rejection = { id: newLeadId(app.now), receivedAt: app.now, contentType: 'application/json', status: 400 } as const;
		const detail = 'not a lead: \u001b[2J';
		const posted = Buffer.from('\u001b]0;title\u0007 \u0000 \u009b2J \u202egnp \u2066 over\rwritten, two\r\nlines');
		await journal.reject({ ...rejection, payload: posted, issues: [{ pointer: '', detail }] }, AbortSignal.timeout(20_000));
		const { out } = await tool(`export --state rejected --format ${format}`);
		expect(out.replaceAll('\r\n', '')).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
		expect(out).toContain('\\u001b]0;title');
		expect(out).toContain('lines');
	});

	it('writes a spreadsheet that keeps what people posted, leads and rejected payloads', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'leads-export-'));
		try {
			const posted = await app.post(
				payload({ UserDetails: { Company: 'constructor', Phone: '+44 20 1' }, Description: `=1+1 ${'x'.repeat(33)}` }),
			);
			await app.post(['a\u001b[2J', 'x'.repeat(32_760)]);
			const path = join(folder, 'leads.xlsx');
			expect(await tool(`export --output ${path}`)).toMatchObject({ code: 0, out: '', notes: `1 exported to ${path}\n` });
			const { rows } = readWorkbook(readFileSync(path));
			const cell = (head: string) => rows[1]?.[rows[0]?.findIndex(({ value }) => value === head) ?? -1];
			expect(cell('Lead id')).toEqual({ type: 'text', value: posted });
			expect(cell('Reference')).toEqual({ type: 'text', value: posted.slice(-8) });
			expect(cell('Received at (UTC)')).toEqual({ type: 'time', value: new Date(app.now).toISOString() });
			expect(cell('Phone')).toEqual({ type: 'text', value: '+44 20 1' });
			expect(cell('Company')).toEqual({ type: 'text', value: 'constructor' });
			expect(cell('Description')).toEqual({ type: 'text', value: `=1+1 ${'x'.repeat(33)}` });
			const rejected = join(folder, 'rejected.XLSX');
			expect((await tool(`export --state rejected --format xlsx --output ${rejected}`)).notes).toBe(
				`1 exported to ${rejected}\nTexts that are too long for a cell were cut: 1. Each says where the whole text is.\n`,
			);
			expect(readWorkbook(readFileSync(rejected)).rows[1]?.at(-1)?.value).toMatch(/^\["a\\u001b.*show [0-9a-f-]{36} --payload\)$/);
			expect(statSync(rejected).mode & 0o777).toBe(0o600);
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it.each(['csv', 'xlsx', 'jsonl'])('writes no file where there is nothing: .%s', async (ending) => {
		const folder = await mkdtemp(join(tmpdir(), 'leads-export-'));
		try {
			const notes = '0 exported: no file was written\n';
			expect(await tool(`export --output ${join(folder, `none.${ending}`)}`)).toMatchObject({ code: 1, out: '', notes });
			expect(readdirSync(folder)).toEqual([]);
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('writes a new file that only its owner reads, and never over another', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'leads-export-'));
		try {
			const path = join(folder, 'leads.csv');
			await app.post();
			expect(await tool(`export --output ${path}`)).toMatchObject({ code: 0, out: '', notes: `1 exported to ${path}\n` });
			expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(3);
			expect(statSync(path).mode & 0o777).toBe(0o600);
			expect(await tool(`export --output ${path}`)).toMatchObject({ code: 2, notes: expect.stringContaining('exists already') });
			const nowhere = join(folder, 'none', 'leads.csv');
			const notes = `${nowhere} cannot be written: there is no folder ${join(folder, 'none')}. Make it first.\n`;
			expect(await tool(`export --output ${nowhere}`)).toMatchObject({ code: 2, notes });
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});

describe('npm run leads', () => {
	it('lets nothing that was posted act on a terminal, whatever is asked', async () => {
		const hostile = 'a\u001b[2J\u001b]0;title\u0007\u009b1m\u202eb\u2066\r\u0000\u0085c\ud83d';
		app.behaviour.crm = () => ({ kind: 'permanent', code: `400 ${hostile}`, reason: hostile, remedy: hostile });
		const leadId = await app.post(
			payload({ UserDetails: { FirstName: hostile, Company: hostile, Phone: hostile }, OfferTitle: hostile, [hostile]: hostile }),
		);
		await app.deliver(leadId);
		const rejected = await app.post([hostile]);
		const asked = [
			`show ${leadId}`,
			`show ${leadId} --payload`,
			`show ${rejected} --payload`,
			'list',
			'list --state rejected',
			'list --search b --since P1D',
			'stats --by offer',
			'stats --by campaign',
		];
		const acted = [
			`replay ${leadId} --dry-run`,
			`replay ${rejected} --yes`,
			`close ${leadId} --dry-run`,
			`retry ${leadId}`,
			`erase ${leadId} --dry-run`,
		];
		const exported = ['export --format csv', 'export --format jsonl', 'export --state rejected'];
		for (const args of [...asked, ...asked.map((args) => `${args} --json`), ...acted, ...exported]) {
			const { out, notes, progress, questions } = await tool(args);
			expect(out + notes).not.toBe('');
			expect([
				args,
				[out.replaceAll('\r\n', '\n'), notes, ...progress, ...questions].join('').match(/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/gu),
			]).toEqual([args, null]);
		}
	});

	it('helps, with examples', async () => {
		expect(await tool('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Examples:') });
		const { out } = await tool('--help');
		const examples = out.slice(out.indexOf('Examples:\n') + 10, out.indexOf('\n\nExit codes:')).split('\n');
		expect(examples.length).toBeGreaterThan(5);
		expect(examples.filter((line) => !/^ {2}npm run leads -- [a-z]+ /.test(line))).toEqual([]);
		expect(out).toMatch(/^Usage: npm run leads -- /);
		expect(await tool('replay --help')).toMatchObject({ code: 0, out: expect.stringContaining('--again') });
		expect(await tool('')).toMatchObject({ code: 2 });
	});

	it.each([
		'lst',
		'list --stat parked',
		'list --state lost',
		'list --limit 0',
		'list --since yesterday',
		'list --search grace',
		'list --search grace --since P1D --state rejected',
		'list --after 7',
		'list --account Contoso_Leads',
		'stats',
		'stats --by name',
		'stats --by day --state rejected',
		'stats --by day --top 0',
		'list --watch --until P1D',
		'show',
		'show 7',
		'export --format xml',
		'export --format xlsx',
		'export --format csv --output leads.xlsx',
		'export --format xlsx --output leads.csv',
	])('calls %j wrong usage', async (args) => {
		expect((await tool(args)).code).toBe(2);
	});

	it('says in a sentence that the journal cannot be reached, and shows no stack', async () => {
		const notes: string[] = [];
		const code = await runLeads(['list', '--connection-string', unreachable], {
			terminal: { print: async () => undefined, note: (text) => void notes.push(text), progress: () => undefined },
			clock: Date.now,
			environment: {},
		});
		expect([code, notes.join()]).toEqual([
			1,
			expect.stringMatching(/^Failed with .*ECONNREFUSED.*: the journal of 127\.0\.0\.1:1 cannot be reached/),
		]);
	});
});

const unreachable =
	'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm90IGEga2V5;TableEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;';
