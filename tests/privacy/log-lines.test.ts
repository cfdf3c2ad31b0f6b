import { InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerBell } from '../../LeadDelivery/answer-bell.ts';
import { sweepJournal } from '../../LeadSweep/sweep-journal.ts';
import type { Services } from '../../shared/services.ts';
import { sendMessage } from '../../shared/storage/send-message.ts';
import { type App, type Behaviour, delivered, openApp, workingSettings } from '../support/app.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

/** Stands in every place where personal data can be. */
const mark = 'zq7person';
const personal = payload({
	UserDetails: {
		FirstName: `${mark}First`,
		LastName: `${mark}Last`,
		Email: `${mark}@contoso.example`,
		Phone: `${mark}123`,
		Country: mark,
		Company: `${mark} Ltd`,
		Title: mark,
		[`${mark}Member`]: mark,
	},
	LeadSource: `${mark}-INS|${mark}.${mark}`,
	ActionCode: mark,
	OfferTitle: `${mark} offer`,
	Description: JSON.stringify({ mktcmpid: mark }),
});

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
	app = await openApp(storage.connectionString);
});
afterAll(() => storage.stop());

describe('the log', () => {
	it('carries no personal data, whatever happens to a lead', async () => {
		const lines: string[] = [];
		const context = (functionName: string) =>
			new InvocationContext({ functionName, logHandler: (_level, ...parts) => void lines.push(parts.map(String).join(' ')) });
		const broken = async () => Promise.reject(Object.assign(new Error(`${mark} in a message`), { statusCode: 500, code: 'InternalError' }));
		const hear = (services: Services) => answerBell(services);
		const sweep = (services: Services) => sweepJournal(services)({} as never, context('LeadSweep'));
		const failures: Behaviour[] = [
			() => delivered,
			() => ({ kind: 'transient', code: '503', reason: `${mark} is busy` }),
			() => ({
				kind: 'permanent',
				code: '400 ErrorInvalidRecipients',
				reason: `${mark}@contoso.example is refused`,
				remedy: `ask ${mark}`,
			}),
			() => ({ kind: 'configuration', code: '403', reason: mark, remedy: mark, names: ['EMAIL_FROM'] }),
			() => Promise.reject(new Error(`${mark} was thrown`)),
		];
		for (const behaviour of failures) {
			app.behaviour = { email: behaviour, crm: behaviour };
			app.now += 3_600_000;
			const leadId = await app.post({ ...personal, OfferTitle: `${mark} ${app.now}` });
			await app.post({ ...personal, OfferTitle: `${mark} ${app.now}` });
			await hear(app.services)(JSON.stringify({ bell: { leadId } }), context('LeadDelivery'));
		}
		await app.post([mark] as never);
		const { takeReceipt } = await import('../../LeadIntake/take-receipt.ts');
		const receipt = { leadId: '01a0b0c0-d0e0-7000-8000-000000000001', receivedAt: app.now, payload: Buffer.from(JSON.stringify(personal)) };
		await takeReceipt(receipt, { ...app.courier, journal: broken });
		await takeReceipt(receipt, { ...app.courier, journal: broken, spill: broken });
		for (const queue of ['spill', 'bells-poison'])
			await sendMessage(await app.services.queue(queue), `${mark} by hand`, { signal: AbortSignal.timeout(9000) });
		await hear(app.services)(`${mark} is no bell`, context('LeadDelivery'));
		await sweep(app.services);
		await sweep({ ...app.services, journal: broken });
		const { readSettings } = await import('../../shared/settings/read-settings.ts');
		await sweep({
			...app.services,
			settings: readSettings({ ...workingSettings, EMAIL_TO: mark, LEAD_DESTINATIONS: mark, GRAPH_BASE_URL: mark }),
		});

		const all = [...lines, ...app.lines.map((line) => JSON.stringify(line))];
		expect(all.length).toBeGreaterThan(30);
		expect(all.filter((line) => line.includes(mark))).toEqual([]);
	});
});
