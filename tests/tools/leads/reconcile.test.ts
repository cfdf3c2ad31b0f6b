import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeReceipt } from '../../../LeadIntake/take-receipt.ts';
import { decideUndecided } from '../../../LeadSweep/decide-undecided.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { type App, openApp } from '../../support/app.ts';
import { runTool } from '../../support/leads-tool.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { type ExportedLead, exportedLeads, flavours, postedFor } from '../reconcile/export-files.ts';

let storage: TestStorage;
const folder = tempFolder();
beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(async () => {
	await storage?.stop();
	folder.remove();
});

const day = 86_400_000;
const partnerCenter = 'Partner Center, UTF-8 with a BOM';
let files = 0;

async function write(leads: ExportedLead[], flavour = partnerCenter): Promise<string> {
	const path = join(folder.path, `export-${++files}.csv`);
	writeFileSync(path, (await flavours[flavour]?.(leads)) ?? '');
	return path;
}

/** As the marketplace posts it, at its time. */
async function post(app: App, lead: ExportedLead, at = lead.at + 2000): Promise<string> {
	const receipt = { leadId: newLeadId(at), receivedAt: at, payload: Buffer.from(JSON.stringify(postedFor(lead))) };
	const answer = await takeReceipt(receipt, { ...app.services, log: () => undefined });
	return answer.kind === 'taken' ? answer.leadId : '';
}

/** An app to which all but some leads of a file were posted. */
async function open(count: number, lost: number[] = []) {
	const app = await openApp(storage.connectionString);
	const leads = exportedLeads(count, app.now - 3 * day);
	for (const [index, lead] of leads.entries()) if (!lost.includes(index)) await post(app, lead);
	return { app, leads };
}

describe('npm run leads -- reconcile', () => {
	it('finds what was lost, imports it with its own time, and the second time nothing', async () => {
		const { app, leads } = await open(12, [3, 7]);
		const file = await write(leads);
		const found = await runTool(app, `reconcile ${file}`);
		expect(found.code).toBe(1);
		expect(found.out).toMatch(/In both: 10\n {2}10 by address and offer\nOnly in the file: 2/);
		expect(found.out).toMatch(/Ada 3 Lovelace.*no lead like this is in the journal at that time/);

		const imported = await runTool(app, `reconcile ${file} --import`, true);
		expect([imported.code, imported.questions]).toEqual([
			0,
			[expect.stringMatching(/^Import 2 leads into the test journal \(the app delivers/)],
		]);
		expect(imported.out).toMatch(/2 imported\n$/);
		const again = await runTool(app, `reconcile ${file} --import --yes --json`);
		expect(again.json()).toMatchObject({ onlyThere: [], onlyHere: [], imported: [] });
		expect(again.json().inBoth.filter(({ by }: { by: string }) => by === 'imported before')).toHaveLength(2);

		const listed = (await runTool(app, 'list --json')).json().leads.filter(({ importedAt }: { importedAt?: string }) => importedAt);
		expect(listed).toMatchObject([
			{ receivedAt: new Date(leads[7]?.at ?? 0).toISOString(), importedAt: new Date(app.now).toISOString(), undecided: true },
			{ receivedAt: new Date(leads[3]?.at ?? 0).toISOString() },
		]);
		expect((await runTool(app, 'list')).out).toMatch(/imported/);
		expect((await runTool(app, `show ${listed[0].leadId}`)).out).toMatch(/Imported {2}.*from a file/);
	});

	it('has what it imported delivered by the app, whose request says that it was imported and when it came', async () => {
		const { app, leads } = await open(2, [1]);
		await runTool(app, `reconcile ${await write(leads)} --import --yes`);
		expect(await decideUndecided(app.sweepDeps)).toBe(1);
		const [bell = ''] = (await app.hearBells()).slice(-1);
		await app.deliver(bell);
		expect(app.calls.map(({ destination }) => destination).sort()).toEqual(['crm', 'email']);
		expect(app.calls[0]?.request).toMatchObject({
			importedAt: new Date(app.now),
			receivedAt: new Date(leads[1]?.at ?? 0),
			lead: { email: leads[1]?.email, offerTitle: leads[1]?.offer },
		});
	});

	it('imports for the journal only what sales have already', async () => {
		const { app, leads } = await open(2, [1]);
		await runTool(app, `reconcile ${await write(leads)} --import --journal-only --yes`);
		expect(await decideUndecided(app.sweepDeps)).toBe(0);
		const { leads: listed } = (await runTool(app, 'list --json')).json();
		expect(listed.filter(({ journalOnly }: { journalOnly?: string }) => journalOnly === 'imported')).toMatchObject([
			{ deliveries: {}, undecided: false },
		]);
	});

	it('shows and asks before: a dry run, a no, and no one to ask do nothing', async () => {
		const { app, leads } = await open(3, [1]);
		const file = await write(leads);
		const dry = await runTool(app, `reconcile ${file} --import --dry-run`);
		expect([dry.code, dry.notes]).toEqual([0, expect.stringMatching(/Dry run: would import 1 lead/)]);
		expect((await runTool(app, `reconcile ${file} --import`, false)).notes).toMatch(/Nothing was done/);
		expect((await runTool(app, `reconcile ${file} --import`)).code).toBe(2);
		expect((await runTool(app, `reconcile ${file} --journal-only`)).code).toBe(2);
		expect((await runTool(app, 'list --json')).json().leads).toHaveLength(2);
	});

	it('goes on where it broke off', async () => {
		const { app, leads } = await open(
			30,
			Array.from({ length: 29 }, (_, index) => index + 1),
		);
		const file = await write(leads);
		const journal = await app.services.journal();
		let accepted = 0;
		const breaking = {
			...journal,
			accept: ((lead, signal) =>
				++accepted > 10 ? Promise.reject(new Error('gone')) : journal.accept(lead, signal)) as typeof journal.accept,
		};
		const services = { ...app.services, journal: async () => breaking };
		const broken = await runTool({ ...app, services } as App, `reconcile ${file} --import --yes`);
		expect([broken.code, broken.notes]).toEqual([1, expect.stringMatching(/10 of 29 were imported. Run the same command again/)]);
		expect((await runTool(app, `reconcile ${file} --import --yes`)).out).toMatch(/19 imported/);
		expect((await runTool(app, `reconcile ${file}`)).code).toBe(0);
	});

	it('counts the rows of two files of the same days once', async () => {
		const { app, leads } = await open(10, [4]);
		const [one, other] = [await write(leads.slice(0, 7)), await write(leads.slice(3))];
		const found = await runTool(app, `reconcile ${one} ${other} --json`);
		expect(found.json().inBoth).toHaveLength(9);
		expect(found.json().onlyThere).toMatchObject([{ row: 6, wouldBe: expect.any(String) }]);
		expect(found.notes).toMatch(/4 rows repeat others/);
	});

	it.each(['csv', 'xlsx'])('knows its own export as %s again', async (format) => {
		const { app } = await open(5);
		const file = join(folder.path, `own-${++files}.${format}`);
		await runTool(app, `export --output ${file}`);
		const found = await runTool(app, `reconcile ${file} --json`);
		expect([found.code, found.json().inBoth.length, found.json().unreadable]).toEqual([0, 5, []]);
	});

	it('tells what is only here, and why that may be', async () => {
		const { app, leads } = await open(4);
		await post(app, { ...leads[1], firstName: 'MSFT_TEST_1', email: 'MSFT_TEST_1@test.com', at: (leads[1]?.at ?? 0) + 1 } as ExportedLead);
		const found = await runTool(app, `reconcile ${await write(leads.filter((_, index) => index !== 2))} --json`);
		expect(found.code).toBe(0);
		expect(found.json().onlyHere).toMatchObject([
			{ lead: { email: leads[2]?.email }, why: expect.stringMatching(/^posted here/) },
			{ why: expect.stringMatching(/^a test lead/) },
		]);
	});

	it('does not bring back whoever was erased, unless it is told to', async () => {
		const { app, leads } = await open(4);
		await runTool(app, `erase --email ${leads[2]?.email} --yes`);
		const file = await write(leads);
		const found = await runTool(app, `reconcile ${file} --import --yes --json`);
		expect(found.json()).toMatchObject({ onlyThere: [{ doubt: 'perhaps erased' }], imported: [] });
		expect(found.code).toBe(1);
		expect((await runTool(app, `reconcile ${file} --import --also-doubtful --yes`)).out).toMatch(/1 imported/);
	});

	it('does not take what came before the journal began for lost', async () => {
		const { app } = await open(3);
		const older = exportedLeads(2, app.now - 40 * day);
		const found = await runTool(app, `reconcile ${await write(older)} --import --yes --json`);
		expect(found.json()).toMatchObject({ onlyThere: [{ doubt: 'before the journal' }, { doubt: 'before the journal' }], imported: [] });
	});

	it('names the rejected payload that holds a lead', async () => {
		const { app, leads } = await open(3, [1]);
		const at = (leads[1]?.at ?? 0) + 1000;
		const payload = Buffer.from(`From: ${leads[1]?.email}, wants to know more`);
		await takeReceipt({ leadId: newLeadId(at), receivedAt: at, payload }, { ...app.services, log: () => undefined });
		const found = await runTool(app, `reconcile ${await write(leads)}`);
		expect(found.out).toMatch(/it was rejected here as .*: npm run leads -- replay/);
	});

	it('imports nothing while accepted leads wait in the spill', async () => {
		const { app, leads } = await open(2, [1]);
		const spill = await app.services.spill();
		await spill(
			{ leadId: newLeadId(app.now), receivedAt: app.now, payload: Buffer.from(JSON.stringify(postedFor(leads[1] as ExportedLead))) },
			AbortSignal.timeout(5000),
		);
		const found = await runTool(app, `reconcile ${await write(leads)} --import --yes`);
		expect([found.code, found.notes]).toEqual([1, expect.stringMatching(/would come twice/)]);
	});

	it('shows nothing of a hostile file that a terminal would obey', async () => {
		const { app } = await open(1);
		const file = join(folder.path, 'hostile.csv');
		writeFileSync(file, 'Created,Email,Name,\u001b[31mRed\n2026-09-20,a@b.example,"\u001b]0;owned\u0007\u202E",x\n');
		const found = await runTool(app, `reconcile ${file} --also-doubtful --import --dry-run`);
		for (const control of ['\u001b', '\u0007', '\u202E']) expect(found.out + found.notes).not.toContain(control);
	});

	it('describes a file that it does not understand, and says how to tell it', async () => {
		const { app } = await open(1);
		const file = join(folder.path, 'strange.csv');
		writeFileSync(file, 'Alpha;Beta\n2026-09-20;a@b.example\n');
		const found = await runTool(app, `reconcile ${file}`);
		expect([found.code, found.notes]).toEqual([
			2,
			expect.stringMatching(/2\. "Beta": 1 of 1 rows, like e-mail addresses\n(.*\n)?.*--columns/),
		]);
		expect((await runTool(app, `reconcile ${file} --columns 'time=Alpha,email=2' --json`)).json().onlyThere).toHaveLength(1);
		expect((await runTool(app, `reconcile ${file} --columns colour=Alpha`)).code).toBe(2);
		expect((await runTool(app, `reconcile ${join(folder.path, 'none.csv')}`)).notes).toMatch(/There is no file/);
	});
});
