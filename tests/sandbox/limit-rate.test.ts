import { describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import { openSandbox, validMail } from './open-sandbox.ts';

const begun = Date.UTC(2026, 10, 23);
const other = 'other@contoso.example';

describe('a sandbox with the documented rates', () => {
	it('takes thirty mails a minute of each mailbox, and says when it takes the next', async () => {
		let now = begun;
		const { sendMail } = await openSandbox({ clock: () => now, rates: 1, mailboxes: ['leads@contoso.example', other] });
		const statusOf = async (user?: string) => (await sendMail(validMail(), user ? { user } : {})).status;
		for (let index = 0; index < 30; index++) {
			expect(await statusOf()).toBe(202);
			now += 1000;
		}
		const refused = await sendMail(validMail());
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
		expect(await refused.json()).toMatchObject({ error: { code: 'ApplicationThrottled' } });
		expect(await statusOf(other)).toBe(202);
		now += 30_000;
		expect([await statusOf(), await statusOf()]).toEqual([202, 429]);
	});

	it('takes 6000 requests to Dataverse in five minutes', async () => {
		let now = begun;
		const sandbox = createSandbox({ clock: () => now, rates: 1 });
		const ask = () => sandbox.request('http://127.0.0.1/api/data/v9.2/WhoAmI');
		for (let index = 0; index < 6000; index++) expect((await ask()).status).toBe(401);
		const refused = await ask();
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '300']);
		expect(await refused.json()).toMatchObject({ error: { code: '0x80072322' } });
		now += 300_000;
		expect((await ask()).status).toBe(401);
	});

	it('can be so many times as fast', async () => {
		let now = begun;
		const { sendMail } = await openSandbox({ clock: () => now, rates: 60 });
		const statuses = async () => Promise.all(Array.from({ length: 3 }, async () => (await sendMail(validMail())).status));
		for (let index = 0; index < 10; index++) expect(await statuses()).toEqual([202, 202, 202]);
		expect(await statuses()).toEqual([429, 429, 429]);
		now += 1000;
		expect(await statuses()).toEqual([202, 202, 202]);
	});

	it('has no rates unless it is told to', async () => {
		const { sendMail } = await openSandbox({ clock: () => begun });
		for (let index = 0; index < 40; index++) expect((await sendMail(validMail())).status).toBe(202);
	});
});
