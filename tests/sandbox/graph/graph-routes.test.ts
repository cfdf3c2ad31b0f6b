import { describe, expect, it } from '@jest/globals';
import { holdOpen } from '../hold-open.ts';
import { openSandbox, validMail } from '../open-sandbox.ts';

const refusalOf = async (response: Response) => {
	const { error } = (await response.json()) as { error: { code: string; message: string; innerError: object } };
	return { status: response.status, code: error.code };
};
const person = (address: unknown) => [{ emailAddress: { address } }];
const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'eA==' };
const headers = (...names: string[]) => ({ internetMessageHeaders: names.map((name) => ({ name, value: '1' })) });

describe('sendMail', () => {
	it('answers 202 without a body and puts the mail into the mailbox', async () => {
		const { sendMail, json } = await openSandbox({ clock: () => Date.UTC(2026, 10, 23, 12) });
		const response = await sendMail(validMail());
		expect({ status: response.status, body: await response.text(), id: response.headers.get('request-id') }).toEqual({
			status: 202,
			body: '',
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
		expect(await json('/mailbox.json')).toEqual([
			{
				to: ['sales@contoso.example'],
				cc: ['boss@contoso.example'],
				replyTo: ['someone@contoso.com'],
				subject: 'Some One (Contoso)',
				headers: { 'x-lead-id': '0190a000-0000-7000-8000-000000000001' },
				html: '<p>A lead</p>',
				receivedAt: '2026-11-23T12:00:00.000Z',
			},
		]);
	});

	it('keeps plain text as HTML that shows it', async () => {
		const { sendMail, json } = await openSandbox();
		await sendMail(validMail({ body: { contentType: 'Text', content: 'a < b & "c"' } }));
		const [mail] = await json<{ html: string }[]>('/mailbox.json');
		expect(mail?.html).toContain('a &lt; b &amp; &quot;c&quot;');
	});

	it('takes 500 recipients and a file', async () => {
		const { sendMail } = await openSandbox();
		const ccRecipients = Array.from({ length: 499 }, (_, n) => person(`p${n}@b.example`)[0]);
		expect((await sendMail(validMail({ ccRecipients, attachments: [file] }))).status).toBe(202);
	});

	it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded'])(
		'refuses a body that is not said to be JSON: %s',
		async (type) => {
			const { url, token } = await openSandbox();
			const response = await fetch(`${url}/graph/v1.0/users/leads@contoso.example/sendMail`, {
				method: 'POST',
				headers: { authorization: `Bearer ${await token(`${url}/graph`)}`, ...(type && { 'content-type': type }) },
				body: new TextEncoder().encode(JSON.stringify(validMail())),
			});
			expect(await refusalOf(response)).toEqual({ status: 400, code: 'BadRequest' });
		},
	);

	it('takes what is optional away', async () => {
		const { sendMail } = await openSandbox();
		const minimal = { message: { toRecipients: person('a@b.example') } };
		expect((await sendMail(minimal)).status).toBe(202);
	});

	it.each([
		['an unknown property', { colour: 'red' }, 400, 'RequestBodyRead'],
		['an unknown property of a recipient', { toRecipients: [{ address: 'a@b.example' }] }, 400, 'RequestBodyRead'],
		['a subject that is no text', { subject: 1 }, 400, 'RequestBodyRead'],
		['a subject that is an object', { subject: {} }, 400, 'RequestBodyRead'],
		['a body that is text', { body: 'text' }, 400, 'RequestBodyRead'],
		['a content that is no text', { body: { contentType: 'HTML', content: 1 } }, 400, 'RequestBodyRead'],
		['a content type that there is not', { body: { contentType: 'Markdown', content: '' } }, 400, 'RequestBodyRead'],
		['recipients that are no list', { toRecipients: person('a@b.example')[0] }, 400, 'RequestBodyRead'],
		['nothing in the place of a recipient', { toRecipients: [null] }, 400, 'RequestBodyRead'],
		['an importance that there is not', { importance: 'urgent' }, 400, 'RequestBodyRead'],
		['no recipient at all', { toRecipients: [], ccRecipients: [] }, 400, 'ErrorInvalidRecipients'],
		['a recipient without a domain', { toRecipients: person('sales') }, 400, 'ErrorInvalidRecipients'],
		['two recipients in one', { toRecipients: person('a@b.example;c@d.example') }, 400, 'ErrorInvalidRecipients'],
		['a recipient with a line break', { toRecipients: person('a@b.example\r\nBcc: c@d.example') }, 400, 'ErrorInvalidRecipients'],
		['a recipient without an address', { toRecipients: [{ emailAddress: { name: 'Sales' } }] }, 400, 'ErrorInvalidRecipients'],
		['a malformed copy', { ccRecipients: person('@b.example') }, 400, 'ErrorInvalidRecipients'],
		['a malformed reply address', { replyTo: person('some one@contoso.com') }, 400, 'ErrorInvalidRecipients'],
		['a header without x-', headers('lead-id'), 400, 'InvalidInternetMessageHeader'],
		['six headers', headers('x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6'), 400, 'InvalidInternetMessageHeaderCollection'],
		['another sender', { from: person('ceo@contoso.example')[0] }, 403, 'ErrorSendAsDenied'],
		[
			'more than 500 recipients',
			{ ccRecipients: Array.from({ length: 500 }, (_, n) => person(`p${n}@b.example`)[0]) },
			400,
			'ErrorInvalidRecipients',
		],
		['an attachment that does not say what it is', { attachments: [{ name: 'a.txt', contentBytes: 'eA==' }] }, 400, 'RequestBodyRead'],
		['an attachment without a name', { attachments: [{ ...file, name: '' }] }, 400, 'ErrorInvalidPropertySet'],
		['an attachment that is not base64', { attachments: [{ ...file, contentBytes: 'not base64' }] }, 400, 'RequestBodyRead'],
		['an unknown property of an attachment', { attachments: [{ ...file, colour: 'red' }] }, 400, 'RequestBodyRead'],
	])('refuses %s', async (_, change, status, code) => {
		const { sendMail, json } = await openSandbox();
		expect(await refusalOf(await sendMail(validMail(change)))).toEqual({ status, code });
		expect(await json('/mailbox.json')).toEqual([]);
	});

	it.each([
		['müller@straße.example', 202],
		["o'neil+tag@sub.contoso.co.uk", 202],
		['"two words"@contoso.example', 202],
		['a..b@contoso.example', 400],
		['a@contoso..example', 400],
		['a@b@contoso.example', 400],
		['a@contoso.example.', 400],
	])('judges the address %s as %i', async (address, status) => {
		const { sendMail } = await openSandbox();
		expect((await sendMail(validMail({ replyTo: person(address) }))).status).toBe(status);
	});

	it.each([
		['what is not JSON', '{', 400, 'BadRequest'],
		['a list', [], 400, 'BadRequest'],
		['no message', {}, 400, 'ErrorInvalidParameter'],
		['a message that is text', { message: 'text' }, 400, 'RequestBodyRead'],
		['an unknown parameter', { ...validMail(), save: true }, 400, 'RequestBodyRead'],
		['a saveToSentItems that is text', { ...validMail(), saveToSentItems: 'true' }, 400, 'RequestBodyRead'],
		['more than 4 MB', validMail({ body: { contentType: 'HTML', content: 'x'.repeat(4 * 1024 * 1024) } }), 413, 'BadRequest'],
	])('refuses %s', async (_, body, status, code) => {
		const { sendMail } = await openSandbox();
		expect(await refusalOf(await sendMail(body))).toEqual({ status, code });
	});

	it('knows its own mailboxes only, whatever their casing', async () => {
		const { sendMail } = await openSandbox();
		expect((await sendMail(validMail(), { user: 'Leads@Contoso.example' })).status).toBe(202);
		expect(await refusalOf(await sendMail(validMail(), { user: 'nobody@contoso.example' }))).toEqual({
			status: 404,
			code: 'ErrorInvalidUser',
		});
	});

	it('says of every token what is wrong with it', async () => {
		let now = Date.UTC(2026, 0, 1);
		const { url, token, sendMail } = await openSandbox({ clock: () => now });
		const good = await token(`${url}/graph`);
		const wrongAudience = await token('https://graph.microsoft.com');
		const messageOf = async (authorization: string) => {
			const response = await sendMail(validMail(), { authorization });
			const { error } = (await response.json()) as { error: { code: string; message: string } };
			return [response.status, error.code, error.message.slice(0, 24)];
		};
		const refused = [await messageOf(''), await messageOf('Bearer nonsense'), await messageOf(`Bearer ${wrongAudience}`)];
		now += 24 * 60 * 60 * 1000;
		expect([...refused, await messageOf(`Bearer ${good}`)]).toEqual([
			[401, 'InvalidAuthenticationToken', 'Access token is empty.'],
			[401, 'InvalidAuthenticationToken', 'IDX14100: JWT is not wel'],
			[401, 'InvalidAuthenticationToken', 'Access token validation '],
			[401, 'InvalidAuthenticationToken', 'Lifetime validation fail'],
		]);
	});

	it('takes four requests at once, and the fifth not', async () => {
		const { url, token, sendMail } = await openSandbox();
		const authorization = `Bearer ${await token(`${url}/graph`)}`;
		const held = await holdOpen(4, `${url}/graph/v1.0/users/leads@contoso.example/sendMail`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
		});
		const fifth = await sendMail(validMail());
		expect([fifth.headers.get('retry-after'), await refusalOf(fifth)]).toEqual(['1', { status: 429, code: 'ApplicationThrottled' }]);
		expect(await held.finish(JSON.stringify(validMail()))).toEqual([202, 202, 202, 202]);
		expect((await sendMail(validMail())).status).toBe(202);
	});

	it('has no other resource', async () => {
		const { url, token } = await openSandbox();
		const response = await fetch(`${url}/graph/v1.0/users`, { headers: { authorization: `Bearer ${await token(`${url}/graph`)}` } });
		expect(await refusalOf(response)).toEqual({ status: 400, code: 'BadRequest' });
	});
});
