import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createCooldownBoard } from '../../../sandbox/cooldowns/cooldown-board.ts';
import { leadId, openSandbox, validLead, validMail } from '../open-sandbox.ts';

describe('a page', () => {
	it('says what to do when it is not built', async () => {
		const pagesFolder = mkdtempSync(join(tmpdir(), 'no-pages-'));
		try {
			const { url } = await openSandbox({ pagesFolder });
			const response = await fetch(`${url}/mailbox`);
			expect([response.status, await response.text()]).toEqual([503, 'The pages are not built. Run: npm run build']);
			expect((await fetch(`${url}/pages/mailbox.page.js`)).status).toBe(404);
		} finally {
			rmSync(pagesFolder, { recursive: true });
		}
	});

	it('serves its own files and no others', async () => {
		const { url } = await openSandbox();
		const paths = ['/pages/..%2fstart.mjs', '/pages/%2e%2e/start.mjs', '/pages/x.page.map', '/pages/mailbox.page.js%00'];
		const statuses = await Promise.all(paths.map(async (path) => (await fetch(url + path)).status));
		expect(statuses).toEqual([404, 404, 404, 404]);
	});
});

describe("a mail's body", () => {
	it('has a policy under which nothing runs and nothing is fetched', async () => {
		const { url, sendMail, json } = await openSandbox();
		await sendMail(validMail());
		const { items } = await json<{ items: { id: string }[] }>('/mailbox/mails');
		const response = await fetch(`${url}/mailbox/mails/${items[0]?.id}/body`);
		const policy = response.headers.get('content-security-policy')?.split('; ');
		expect(policy).toEqual(
			expect.arrayContaining(["default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:', "form-action 'none'"]),
		);
		expect(policy?.find((directive) => directive.startsWith('sandbox'))).not.toMatch(/allow-(scripts|same-origin|forms|top-navigation)/);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	});
});

describe('the list of mails', () => {
	it('is newest first, with the first words of each', async () => {
		const { sendMail, json } = await openSandbox();
		const html = `<html><head><style>p { color: red }</style></head><body><p>Caf&eacute; &amp; more</p><!-- no --><p>Second&#32;line &#x1F44D;</p></body></html>`;
		await sendMail(validMail({ subject: 'first' }));
		await sendMail(validMail({ subject: 'second', body: { contentType: 'HTML', content: html } }));
		const { total, items } = await json<{ total: number; items: { subject: string; snippet: string }[] }>('/mailbox/mails');
		expect({ total, items: items.map(({ subject, snippet }) => [subject, snippet]) }).toEqual({
			total: 2,
			items: [
				['second', 'Caf&eacute; & more Second line 👍'],
				['first', 'A lead'],
			],
		});
	});
});

describe('the link to a record', () => {
	it('leads to the lead', async () => {
		const { url, dataverse } = await openSandbox();
		await dataverse(`leads(${leadId})`, { method: 'PATCH', body: validLead() });
		const follow = async (id: string) =>
			(await fetch(`${url}/main.aspx?etn=lead&id=${id}&pagetype=entityrecord`, { redirect: 'manual' })).headers.get('location');
		expect([await follow(leadId.toUpperCase()), await follow('//evil.example')]).toEqual([`/crm#${leadId}`, '/crm']);
	});
});

describe('/events', () => {
	it('says which destinations of the app rest, and again when that changes', async () => {
		const cooldowns = createCooldownBoard(() => Date.parse('2026-11-23T14:00:00Z'));
		const { url } = await openSandbox({ cooldowns });
		const response = await fetch(`${url}/events`);
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		const next = async () => JSON.parse(/data: (.*)/.exec((await reader?.read())?.value ?? '')?.[1] ?? 'null');
		const first = await next();
		const until = '2026-11-23T14:05:00.000Z';
		cooldowns.hear(
			JSON.stringify({ event: 'delivery.postponed', leadId: 'L', destination: 'crm', until, why: 'configuration', code: '403' }),
		);
		const second = await next();
		await reader?.cancel();
		expect([first.cooldowns, second.cooldowns]).toEqual([[], [{ destination: 'crm', until, why: 'configuration', code: '403', leads: 1 }]]);
	});

	it('says the state at once and after a change', async () => {
		const { url, sendMail } = await openSandbox({ intakeUrl: () => 'http://127.0.0.1:7071/api/leads?code=abc' });
		const response = await fetch(`${url}/events`);
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		const next = async () => JSON.parse(/data: (.*)/.exec((await reader?.read())?.value ?? '')?.[1] ?? 'null');
		const first = await next();
		await sendMail(validMail());
		const second = await next();
		await reader?.cancel();
		expect([first.mails, first.intakeUrl, second.mails, first.version === second.version]).toEqual([
			0,
			'http://127.0.0.1:7071/api/leads?code=abc',
			1,
			false,
		]);
	});
});
