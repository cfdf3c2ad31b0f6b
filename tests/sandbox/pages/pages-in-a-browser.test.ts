import { expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { createCooldownBoard } from '../../../sandbox/cooldowns/cooldown-board.ts';
import type { SandboxOptions } from '../../../sandbox/create-sandbox.ts';
import { deliveryRequest } from '../../support/delivery-request.ts';
import { leadId, type OpenSandbox, openSandbox, validLead, validMail } from '../open-sandbox.ts';
import { deliverTo } from '../webhooks/hook.ts';
import { describeInBrowser } from './browser.ts';

const phone = { width: 360, height: 740 };
/** As a phone is wide today. */
const narrow = { width: 390, height: 844 };
const desktop = { width: 1200, height: 800 };

/** Markup that tells on itself when it runs: it asks for `/ran`, opens a dialog, or writes into the page around it. */
const deed = "fetch('/ran');alert('ran');top.document.title='ran'";
const hostile = [
	`<script>${deed}</script>`,
	`<img src=x onerror="${deed}">`,
	`<svg onload="${deed}"></svg>`,
	`<iframe src="javascript:${deed}"></iframe><iframe srcdoc="<script>${deed}</script>"></iframe>`,
	`<body onload="${deed}"><details open ontoggle="${deed}">`,
	`<form action="/ran"><input autofocus onfocus="${deed}"><button id="send">send</button></form>`,
	`<meta http-equiv="refresh" content="0;url=/ran"><link rel="stylesheet" href="/ran"><img src="/ran"><base href="/ran/">`,
	`<a id="bad" href="javascript:${deed}">click</a><a id="top" target="_top" href="javascript:${deed}">click</a>`,
	`"><script src="/ran"></script>`,
].join('\n');

/** What betrays that something ran. */
function watch(page: Page) {
	const traces: string[] = [];
	page.context().on('response', (response) => {
		if (response.url().includes('/ran')) traces.push(`asked for ${response.url()}`);
	});
	page
		.context()
		.on('page', (opened) => opened.on('dialog', (dialog) => void dialog.dismiss().then(() => traces.push('dialog in a new tab'))));
	page.on('dialog', (dialog) => void dialog.dismiss().then(() => traces.push('dialog')));
	page.on('pageerror', (error) => traces.push(error.message));
	return traces;
}

const postponed = {
	event: 'delivery.postponed',
	leadId,
	destination: 'crm',
	until: new Date(Date.now() + 600_000).toISOString(),
	why: 'configuration',
	code: '403',
};

/** A lead with everything that a card says aloud, now. */
const alarming = () =>
	deliveryRequest({
		receivedAt: new Date(),
		recordUrl: 'https://crm.example/1',
		lead: { doNotContact: true, isTest: true, description: 'First line\nSecond & last line' },
	});

const createLead = ({ dataverse }: OpenSandbox, columns: object = {}, id = leadId) =>
	dataverse(`leads(${id})`, { method: 'PATCH', body: validLead(columns) });

describeInBrowser('the pages', ({ browser, pagesFolder }) => {
	const open = async (
		path: string,
		{ viewport = desktop, ...options }: { viewport?: typeof phone } & Pick<SandboxOptions, 'intakeUrl' | 'cooldowns' | 'called'> = {},
	) => {
		const sandbox = await openSandbox({ pagesFolder: pagesFolder(), ...options });
		const page = await browser().newPage({ viewport });
		const traces = watch(page);
		await page.goto(sandbox.url + path);
		return { sandbox, page, traces };
	};

	it('tell a newcomer how to post the first lead', async () => {
		const { page } = await open('/mailbox', { intakeUrl: () => 'http://127.0.0.1:7071/api/leads?code=abc' });
		await page.getByText('No mail yet').waitFor();
		expect(await page.getByRole('main').innerText()).toContain("'http://127.0.0.1:7071/api/leads?code=abc'");
		await page.close();
	});

	it('show a mail by themselves, with all its heads, and its body in a frame', async () => {
		const { sandbox, page } = await open('/mailbox');
		await page.getByText('No mail yet').waitFor();
		await sandbox.sendMail(validMail());
		await page.getByRole('heading', { name: 'Some One (Contoso)' }).waitFor();
		const heads = await page.locator('.mail-head dl').first().innerText();
		for (const text of [
			'leads@contoso.example',
			'Sales <sales@contoso.example>',
			'boss@contoso.example',
			'Some One <someone@contoso.com>',
		]) {
			expect(heads).toContain(text);
		}
		expect(await page.frameLocator('iframe').locator('p').innerText()).toBe('A lead');
		await page.close();
	});

	it('lead from the list to a mail and back on a phone', async () => {
		const { sandbox, page } = await open('/mailbox', { viewport: phone });
		await sandbox.sendMail(validMail());
		await page.getByRole('link', { name: /Some One \(Contoso\)/ }).click();
		await page.frameLocator('iframe').getByText('A lead').waitFor();
		await page.getByRole('link', { name: 'Mailbox', exact: false }).last().click();
		await page.locator('.row:not(.unread)').waitFor();
		expect(await page.locator('iframe').isVisible()).toBe(false);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
		await page.close();
	});

	it('show a lead by themselves, and all its columns in words', async () => {
		const { sandbox, page } = await open('/crm', { viewport: phone });
		await page.getByText('No leads yet').waitFor();
		await createLead(sandbox);
		await page.getByRole('link', { name: 'Test Microsoft' }).click();
		await page.getByRole('heading', { name: 'Test Microsoft' }).waitFor();
		const fields = await page.locator('.fields').innerText();
		for (const text of ['Lead Source\nWeb', 'Do not allow Emails\nNo', 'Status Reason\nNew', 'Owner\n# Lead intake', 'Last Name\nOne']) {
			expect(fields).toContain(text);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
		await page.close();
	});

	it('find their way back to a sandbox that was started again', async () => {
		const { sandbox, page } = await open('/crm');
		await page.getByText('Live').waitFor();
		await sandbox.close();
		await page.getByText('Reconnecting…').waitFor();
		const again = await openSandbox({ port: sandbox.port, pagesFolder: pagesFolder() });
		await createLead(again);
		await page.getByRole('link', { name: 'Test Microsoft' }).waitFor();
		await page.getByText('Live').waitFor();
		await page.close();
	});

	it('finds a lead of the CRM by what people have: its reference, a phone number, words without accents', async () => {
		const { sandbox, page } = await open('/crm');
		await createLead(sandbox, { subject: 'One', firstname: 'Zoë', telephone1: '442071234567', address1_country: 'United Kingdom (GB)' });
		await createLead(sandbox, { subject: 'Other', telephone1: '15555550100' }, '019a3c5e-7d10-7c4e-9a51-2f6fcb9ad2a8');
		await page.getByText('Other').waitFor();
		for (const [search, found] of [
			['[#cb9ad2a8]', ['Other']],
			[leadId.slice(-8), ['One']],
			['+44 20 7123 4567', ['One']],
			['kingdom zoe', ['One']],
			['zoe kingdom 0100', []],
		] as const) {
			await page.getByRole('searchbox').fill(search);
			expect(await page.locator('td.topic').allTextContents()).toEqual(found);
		}
	});

	it('warn that faults are on, and clear them', async () => {
		const { sandbox, page } = await open('/');
		await sandbox.setFaults({ graph: { status: 503, share: 0.5 }, dataverse: 'hang' });
		await page.getByText('Graph answers 503 (50 % of requests) · Dataverse never answers').waitFor();
		await page.getByRole('button', { name: 'Clear' }).click();
		await page.getByText('Faults on:').waitFor({ state: 'detached' });
		expect(await sandbox.json('/faults')).toEqual({ graph: null, dataverse: null, identity: null, webhook: null });
		await page.close();
	});

	it('cut a service off for a while, show it, and end it, on a phone too', async () => {
		const { sandbox, page, traces } = await open('/', { viewport: narrow, called: () => ['graph', 'dataverse'] });
		await page.getByText('Graph works.').waitFor();
		await page.getByLabel('How long Graph').selectOption('5 minutes');
		const [sent] = await Promise.all([
			page.waitForRequest(`${sandbox.url}/drill`),
			page.getByRole('button', { name: 'Cut off Graph' }).press('Enter'),
		]);
		await page.getByText(/Graph is cut off\. It works again by itself at/).waitFor();
		expect(sent.postData()).toBe('service=graph&seconds=300');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
		await page.getByRole('button', { name: 'End it now' }).click();
		await page.getByText('Graph works.').waitFor();
		expect([await sandbox.json('/faults'), traces]).toMatchObject([{ graph: null, dataverse: null }, []]);
		await page.close();
	});

	it('have the drill without script too', async () => {
		const sandbox = await openSandbox({ pagesFolder: pagesFolder(), called: () => ['graph', 'dataverse'] });
		const page = await browser().newPage({ viewport: narrow, javaScriptEnabled: false });
		await page.goto(sandbox.url);
		await page.getByRole('link', { name: '/drill' }).click();
		await page.getByRole('button', { name: 'Cut off Dataverse' }).click();
		await page.getByText(/Dataverse is cut off/).waitFor();
		await page.getByRole('button', { name: 'End it now' }).click();
		await page.getByText('Dataverse works.').waitFor();
		expect(await sandbox.json('/faults')).toMatchObject({ dataverse: null });
		await page.close();
	});

	it('say why leads wait, until they are delivered', async () => {
		const cooldowns = createCooldownBoard();
		const { page } = await open('/crm', { cooldowns });
		await page.getByText('Live').waitFor();
		cooldowns.hear(JSON.stringify(postponed));
		await page.getByText(/1 lead waits: crm is paused until .*, because a setting or a permission is wrong \(403\)/).waitFor();
		await page.getByText('npm run leads -- retry --destination crm').waitFor();
		cooldowns.hear(JSON.stringify({ event: 'delivery.attempted', destination: 'crm', outcome: 'delivered' }));
		await page.getByText('1 lead waits').waitFor({ state: 'detached' });
		await page.close();
	});

	it.each(['light', 'dark'] as const)('can be read by everybody, in %s', async (colorScheme) => {
		const cooldowns = createCooldownBoard();
		const sandbox = await openSandbox({
			pagesFolder: pagesFolder(),
			intakeUrl: () => 'http://127.0.0.1:7071/api/leads?code=abc',
			cooldowns,
			called: () => ['graph', 'dataverse'],
		});
		const page = await browser().newPage({ viewport: desktop, colorScheme });
		const complaints: string[] = [];
		const check = async (path: string, sight: string) => {
			await page.goto(sandbox.url + path);
			await page.locator(sight).first().waitFor();
			const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
				`${axe.source}; axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
			);
			complaints.push(...found.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(' ')}`));
		};
		await check('/mailbox', '.empty');
		await sandbox.sendMail(validMail({ importance: 'high' }));
		await createLead(sandbox);
		await sandbox.setFaults({ graph: 'hang' });
		await check('/', '.faults');
		await page.getByRole('button', { name: 'Cut off Dataverse' }).click();
		await check('/', '.cut.on');
		await check('/drill', '.cut.on');
		cooldowns.hear(JSON.stringify(postponed));
		await check('/', '.cooldowns');
		await check('/mailbox', '.mail iframe');
		await check('/crm', '.leads');
		await check(`/crm#${leadId}`, '.fields');
		await check('/messages', '.empty');
		for (const format of ['teams', 'slack', 'googlechat', 'hubspot'] as const) {
			await deliverTo(sandbox.url, format, alarming());
			const [message] = await sandbox.json<{ id: string }[]>('/messages.json');
			await check(`/messages#${message?.id}`, '.shown > *');
			await page.locator('summary').click();
			await fetch(`${sandbox.url}/messages.json`, { method: 'DELETE' });
		}
		expect(complaints).toEqual([]);
		await page.close();
	});

	it('open a link of a mail in a tab of its own: the lead it speaks of', async () => {
		const { sandbox, page } = await open('/mailbox');
		await createLead(sandbox);
		const record = `${sandbox.url}/main.aspx?etn=lead&id=${leadId}&pagetype=entityrecord`;
		await sandbox.sendMail(validMail({ body: { contentType: 'HTML', content: `<html><head></head><a href="${record}">Open</a></html>` } }));
		const [tab] = await Promise.all([page.waitForEvent('popup'), page.frameLocator('iframe').getByText('Open').click()]);
		await tab.getByRole('heading', { name: 'Test Microsoft' }).waitFor();
		await tab.close();
		await page.close();
	});

	it('run nothing that a mail brings along', async () => {
		const { sandbox, page, traces } = await open('/mailbox');
		const title = await page.title();
		const mail = validMail({
			subject: hostile,
			body: { contentType: 'HTML', content: hostile },
			replyTo: [{ emailAddress: { address: 'a@b.example', name: hostile } }],
			internetMessageHeaders: [{ name: 'x-hostile', value: hostile }],
		});
		await sandbox.sendMail(mail);
		const frame = page.frameLocator('iframe');
		for (const link of ['#bad', '#top', '#send']) await frame.locator(link).click();
		await page.getByText('Message headers').click();
		expect(await page.getByRole('heading', { level: 2 }).innerText()).toContain(`<script>${deed}</script>`);
		// Reading it once more gives whatever was started the time to arrive.
		await page.reload();
		await frame.locator('#bad').waitFor();
		expect({ traces, title: await page.title() }).toEqual({ traces: [], title });
		// The same body under its own address, without the frame around it.
		await page.goto(`${sandbox.url}/mailbox/mails/${new URL(page.url()).hash.slice(1)}/body`);
		await page.locator('#bad').click();
		await page.locator('#send').click();
		expect({ traces, title: await page.title() }).toEqual({ traces: [], title: '' });
		await page.close();
	});

	it('show a message by themselves, as its readers would see it, and on a phone lead back to the list', async () => {
		const { sandbox, page } = await open('/messages', { viewport: narrow });
		await page.getByText('WEBHOOK_SALES_FORMAT=slack npm start').waitFor();
		const company = 'شركة عدد ٤٢';
		for (const format of ['standard', 'form', 'hubspot', 'googlechat', 'slack', 'teams'] as const)
			await deliverTo(sandbox.url, format, { ...alarming(), lead: { ...alarming().lead, company } });
		for (const name of ['Microsoft Teams', 'Slack', 'Google Chat', 'HubSpot form', 'Salesforce web-to-lead', 'Own service, signed']) {
			await page.getByRole('link', { name: `${name} · sales` }).click();
			await page.getByRole('heading', { level: 2, name }).waitFor();
			const shown = page.locator('.shown');
			await shown.getByText(company, { exact: true }).first().waitFor();
			expect(await shown.innerText()).not.toMatch(/&amp;|&lt;|<br>/);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
			await page.getByRole('link', { name: '‹ Messages' }).click();
		}
		await page.close();
	});

	it('run nothing that a message brings along, and make no link and no call of it', async () => {
		const { sandbox, page, traces } = await open('/messages');
		const title = await page.title();
		const calls = `<!channel> <@U1> <https://evil.example|bank> **x** [y](https://evil.example) <users/all> &lt;!here&gt;`;
		const lead = {
			...alarming().lead,
			doNotContact: false,
			company: hostile.slice(0, 400),
			title: calls,
			description: `${calls}\n${hostile}`,
			campaign: [{ name: '<img src=x onerror=alert(1)>', value: hostile.slice(0, 300) }],
		};
		for (const [format, attempt] of [
			['slack', 1],
			['slack', 2],
			['teams', 1],
			['googlechat', 1],
			['form', 1],
			['standard', 1],
			['custom', 1],
		] as const) {
			await deliverTo(sandbox.url, format, { ...alarming(), lead, attempt });
			const [message] = await sandbox.json<{ id: string }[]>('/messages.json');
			await page.goto(`${sandbox.url}/messages#${message?.id}`);
			await page.reload();
			const shown = page.locator('.shown').first();
			await shown.locator(':scope > *').first().waitFor();
			await page.locator('summary').click();
			const links = await page.locator('.message-body a').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href));
			expect({ format, links: links.filter((link) => !link.startsWith('https://crm.example/')) }).toEqual({ format, links: [] });
			expect(await page.locator('.message-body :is(script, iframe, img, svg, form, mark)').count()).toBe(0);
			await fetch(`${sandbox.url}/messages.json`, { method: 'DELETE' });
		}
		expect({ traces, title: await page.title() }).toEqual({ traces: [], title });
		await page.close();
	});

	it('run nothing that a lead brings along', async () => {
		const { sandbox, page, traces } = await open('/crm');
		const title = await page.title();
		const short = `<img src=x onerror=${"top.document.title='ran'"}>`;
		const columns = {
			subject: hostile.slice(0, 300),
			firstname: short.slice(0, 50),
			lastname: short.slice(0, 50),
			companyname: `<svg onload="fetch('/ran')">`,
			emailaddress1: `x"><script>fetch('/ran')</script>@b.example`,
			telephone1: `javascript:fetch('/ran')`,
			websiteurl: `javascript:fetch('/ran');alert(1)`,
			description: hostile.slice(0, 2000),
		};
		await createLead(sandbox, columns);
		await page.locator('.topic a').click();
		await page.getByText(columns.websiteurl, { exact: true }).click();
		await page.getByText(columns.telephone1, { exact: true }).click();
		const links = await page.locator('.fields a').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).protocol));
		expect({ traces, links, title: await page.title() }).toEqual({ traces: [], links: ['mailto:'], title });
		await page.close();
	});
});
