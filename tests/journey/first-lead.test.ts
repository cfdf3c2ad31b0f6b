import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, type LocalOptions, startLocal } from '../../sandbox/start/start-local.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unpackPackage } from '../support/unpack-package.ts';
import { get } from './get.ts';

/** Read this first: what `npm start` starts, one lead posted to it, the mail and the record that come of it; and the same from what is deployed. */
describe.each<[string, (empty: string) => Promise<LocalOptions>]>([
	['as npm start runs it', async () => ({})],
	['as the package runs in an empty folder', async (empty) => ({ app: await unpackPackage(empty) })],
])('the way of a lead, %s', (_, options) => {
	const empty = tempFolder();
	let local: Local;
	beforeAll(async () => {
		local = await startLocal(await options(empty.path));
	}, 60_000);
	afterAll(async () => {
		await local.stop();
		empty.remove();
	});

	it("brings the marketplace's own example to the mailbox and to the CRM", async () => {
		const response = await fetch(local.intakeUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: readFileSync('samples/published-2020.json'),
		});
		expect(response.status).toBe(202);
		const answer = (await response.json()) as { leadId: string };
		expect(answer).toEqual({ leadId: expect.any(String), status: 'accepted', receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });

		const mail = await eventually(() => get.mail(local, answer.leadId));
		expect(mail).toMatchObject({
			to: ['sales@contoso.example'],
			replyTo: ['someone@contoso.com'],
			subject: `Get it now: Some One, Contoso – Test Microsoft [#${answer.leadId.slice(-8)}]`,
			headers: { 'x-lead-id': answer.leadId },
		});
		for (const value of [
			'Some One',
			'Contoso',
			'Esquire',
			'someone@contoso.com',
			'+1 617 555 5555',
			'United States (US)',
			'Test Microsoft',
			'Test run through Power Automate',
			answer.leadId,
		])
			expect(mail.html).toContain(value);

		const record = await eventually(() => get.record(local, answer.leadId));
		expect(record).toMatchObject({
			leadid: answer.leadId,
			subject: 'Test Microsoft – Acquired / Get it now (Azure Marketplace)',
			firstname: 'Some',
			lastname: 'One',
			companyname: 'Contoso',
			emailaddress1: 'someone@contoso.com',
			telephone1: '16175555555',
			jobtitle: 'Esquire',
			address1_country: 'USA',
			description: expect.stringContaining('Test run through Power Automate'),
		});
	});
});
