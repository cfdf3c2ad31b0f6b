import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from '../../../sandbox/start/start-local.ts';
import { eventually } from '../../support/eventually.ts';
import { type Nobody, startNobody } from '../../support/nobody-there.ts';
import { payload } from '../../support/payload.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { runTool } from './doctor-tool.ts';

describe('npm run doctor beside npm start', () => {
	const folder = tempFolder();
	const settings = join(folder.path, 'none.json');
	writeFileSync(settings, '{}');
	const here = ['--data', folder.path, '--settings', settings];
	const pause = (ms: number) => setTimeout(Math.min(ms, 50));
	let local: Local;
	let nobody: Nobody;
	let offers = 0;
	beforeAll(async () => {
		nobody = await startNobody();
		local = await startLocal({ readyFile: join(folder.path, 'ready.json') });
	});
	afterEach(() => fetch(`${local.sandboxUrl}/faults`, { method: 'DELETE' }));
	afterAll(async () => {
		await local.stop();
		nobody.close();
		folder.remove();
		for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) delete process.env[name];
	});

	it('finds nothing wrong, sends nothing and leaves nothing behind', async () => {
		const { code, out } = await runTool([...here, '--live']);
		expect(out).toMatch(/\n\d+ ok\.\n$/);
		expect(code).toBe(0);
		expect(await (await fetch(`${local.sandboxUrl}/mailbox.json`)).json()).toEqual([]);
		expect(await (await fetch(`${local.sandboxUrl}/crm.json`)).json()).toEqual([]);
	});

	it('sends a marked test lead the whole way, and sees the mail and the record', async () => {
		const { code, out } = await runTool([...here, '--send-test'], { pause });
		for (const words of [
			/The intake accepted it as [0-9a-f-]{36}\./,
			/Delivered to email within \d+\.\d s: accepted by Graph/,
			/Delivered to crm within/,
			'The sandbox shows the mail.',
			'The sandbox shows the record.',
		])
			expect(out).toMatch(words);
		expect(code).toBe(0);
		const [mail] = (await (await fetch(`${local.sandboxUrl}/mailbox.json`)).json()) as { subject: string }[];
		expect(mail?.subject).toMatch(/^\[TEST\]/);
	});

	it('takes the address from the environment or standard input, and does not take it for a setting', async () => {
		const none = ['--settings', settings];
		const asked = { environment: { LEAD_URL: local.intakeUrl } };
		const { code, out } = await runTool([...none, '--send-test'], asked);
		expect([code, out]).toEqual([0, expect.stringContaining('The intake accepted it as')]);
		expect((await runTool([...here], asked)).out).not.toContain('LEAD_URL');
		const stdin = Readable.from([`${local.intakeUrl}\n`]);
		expect((await runTool([...here, '--send-test', '--url', '-'], { stdin })).out).toContain('The intake accepted it as');
		expect(await runTool([...here, '--send-test', '--url', '-'], { stdin: Readable.from([]) })).toMatchObject({ code: 2 });
	});

	it('tells by --url alone that the lead was accepted, and what was not seen', async () => {
		const { code, out } = await runTool([...here, '--send-test', '--url', local.intakeUrl]);
		expect(out).toMatch(
			/cannot be seen from here whether the lead was delivered\.\n +→ npm run leads -- show --account STORAGE [0-9a-f-]{36}/,
		);
		expect(out).not.toContain('settings');
		expect(code).toBe(0);
	});

	it('tells what holds a lead up', async () => {
		await fetch(`${local.sandboxUrl}/faults`, { method: 'PUT', body: JSON.stringify({ dataverse: { status: 403 } }) });
		const { code, out } = await runTool([...here, '--send-test', '--wait', '2'], { pause });
		expect(out).toContain('Dataverse refuses (403 0x80040220, prvCreateLead is missing)');
		expect(out).toMatch(/Not delivered to crm within 2 s \(.*403 0x80040220\); it is tried again automatically\./);
		expect(code).toBe(1);
	});

	describe('finds a destination that cools down although it works', () => {
		let leadId: string;
		beforeEach(async () => {
			await fetch(`${local.sandboxUrl}/faults`, { method: 'PUT', body: JSON.stringify({ dataverse: { status: 403 } }) });
			const response = await fetch(local.intakeUrl, { method: 'POST', body: JSON.stringify(payload({ OfferTitle: `Offer ${++offers}` })) });
			leadId = ((await response.json()) as { leadId: string }).leadId;
			await eventually(async () => (await runTool([...here, '--live'])).out.includes('Deliveries to crm are paused'), 60_000);
		}, 90_000);
		const repair = () => fetch(`${local.sandboxUrl}/faults`, { method: 'DELETE' });
		const arrived = async () =>
			((await (await fetch(`${local.sandboxUrl}/crm.json`)).json()) as { leadid: string }[]).some(({ leadid }) => leadid === leadId);
		afterEach(async () => {
			await repair();
			await runTool([...here, '--live', '--yes']);
			await eventually(arrived, 20_000);
		}, 60_000);
		const cooldowns = /Deliveries to crm are paused until [-\d]+ [:\d]+ UTC: a setting or a permission is wrong \(403 0x80040220\)/;

		it('and then never says that it is to be fixed, but how not to wait', async () => {
			expect((await runTool([...here, '--live'])).out).toMatch(
				/a setting or a permission is wrong \(403 0x80040220\)\.\n +→ Fix the cause \(Create and Read on Lead.*\), then: npm run leads -- retry --destination crm/,
			);
			await repair();
			const { out, code } = await runTool([...here, '--live']);
			expect(out).toMatch(/but the checks find nothing wrong with it\.\n +→ Do not wait: npm run leads -- retry --destination crm/);
			expect(out).not.toMatch(/Fix what|Mend/);
			expect(code).toBe(0);
		}, 60_000);

		it('asks whether to try now, and takes a no', async () => {
			await repair();
			const { out, questions } = await runTool([...here, '--live'], { answer: false });
			expect(questions).toEqual([
				expect.stringMatching(/^Deliveries to crm are paused until .* \(403 0x80040220\), but the checks find nothing/),
			]);
			expect(out).toMatch(cooldowns);
			expect((await runTool([...here, '--live', '--json'], { answer: true })).questions).toEqual([]);
		}, 60_000);

		it.each([
			['a yes', ['--live'], { answer: true }],
			['--yes as JSON', ['--live', '--yes', '--json'], {}],
		])(
			'ends the cooldown with %s, and what waited arrives',
			async (_, args, answer) => {
				await repair();
				const { out } = await runTool([...here, ...args], answer);
				expect(out).toMatch(/The cooldown of crm until .* is ended; deliveries that are due now: 1\./);
				expect(out).not.toMatch(cooldowns);
				await eventually(arrived, 20_000);
			},
			60_000,
		);

		it('sends the test lead after it has ended the cooldown', async () => {
			await repair();
			const { out, code } = await runTool([...here, '--send-test', '--yes'], { pause: setTimeout });
			expect(out).toMatch(/Delivered to crm within/);
			expect(code).toBe(0);
			await eventually(arrived, 20_000);
		}, 60_000);

		it('and points to the command when the test lead waits for it', async () => {
			await repair();
			const { out } = await runTool([...here, '--send-test', '--wait', '2'], { pause });
			expect(out).toMatch(
				/Not delivered to crm within 2 s \(its cooldown: 403 0x80040220\).*\n +→ npm run leads -- retry --destination crm/,
			);
		}, 60_000);
	});

	it.each([
		['a key that is wrong', (url: string) => url.replace(/code=.*/, 'code=wrong'), 'does not accept the key of the URL (401)'],
		['a path that is wrong', (url: string) => url.replace('/leads', '/lead'), 'There is no intake at this URL (404)'],
		['an address where nobody is', () => `${nobody.root}/api/leads`, 'The intake did not answer (ECONNREFUSED)'],
	])('finds %s', async (_, change, words) => {
		const { code, out } = await runTool([...here, '--send-test', '--url', change(local.intakeUrl)]);
		expect(out).toContain(words);
		expect(code).toBe(1);
	});
});
