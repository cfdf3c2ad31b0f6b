import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { createTableJournal, journalTable } from '../../shared/journal/table/table-journal.ts';
import { openTable } from '../../shared/storage/open-storage.ts';
import { eventually } from '../support/eventually.ts';
import { leadFixture } from '../support/lead-fixtures.ts';
import { payload } from '../support/payload.ts';
import { get, type MailJson, type RecordJson } from './get.ts';

let local: Local;
const lines: string[] = [];
beforeAll(async () => {
	local = await startLocal({ onLog: ({ message }) => lines.push(message) });
});
afterAll(() => local.stop());

interface Answer {
	status: number;
	headers: Headers;
	body: { leadId: string; status: string; issues: { pointer: string; detail: string }[]; title: string };
}

async function post(body: BodyInit | object, init: RequestInit = {}): Promise<Answer> {
	const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
	const response = await fetch(local.intakeUrl, { method: 'POST', body: sent as BodyInit, ...init });
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
}

let offers = 0;
/** A payload that nobody posted before. */
const fresh = (change: Parameters<typeof payload>[0] = {}) => payload({ OfferTitle: `Contoso CRM ${++offers}`, ...change });

/** The mail and the record of a lead that was posted. */
async function seen(body: BodyInit | object, init?: RequestInit): Promise<{ mail: MailJson; record: RecordJson; leadId: string }> {
	const answer = await post(body, init);
	expect(answer).toMatchObject({ status: 202, body: { status: 'accepted' } });
	const { leadId } = answer.body;
	const [mail, record] = await Promise.all([eventually(() => get.mail(local, leadId)), eventually(() => get.record(local, leadId))]);
	expect(`${mail.subject}${mail.html}${JSON.stringify(record)}`).not.toMatch(/\b(undefined|NaN|\[object)/);
	return { mail, record, leadId };
}

/** Text as a person reads it in the mail. */
const textOf = ({ html }: MailJson) =>
	html
		.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
		.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;|&apos;/g, "'")
		.replace(/&amp;/g, '&');

describe('what is posted and what is seen of it', () => {
	it('the example in any casing of its members, also in chunks, is one lead', async () => {
		const { leadId } = await seen(leadFixture('published-2020'));
		for (const name of ['camel-case', 'mixed-case', 'upper-case'])
			expect((await post(leadFixture(name))).body).toMatchObject({ status: 'duplicate', leadId });
		const { port, pathname, search } = new URL(local.intakeUrl);
		const chunked = await new Promise<number | undefined>((resolve, reject) => {
			const sending = request({ port, path: pathname + search, method: 'POST' }, (response) => resolve(response.resume().statusCode)).on(
				'error',
				reject,
			);
			const bytes = Buffer.from(leadFixture('camel-case'));
			sending.write(bytes.subarray(0, 50));
			sending.end(bytes.subarray(50));
		});
		expect(chunked).toBe(202);
		expect((await get.mails(local)).filter(({ headers }) => headers['x-lead-id'] === leadId)).toHaveLength(1);
	});

	it('the example of 2018 keeps every value', async () => {
		const { mail, record } = await seen(leadFixture('published-2018'));
		expect(record).toMatchObject({
			subject: 'Test Microsoft (Test run through MS Flow)',
			firstname: 'Some',
			lastname: 'One',
			companyname: 'Contoso',
			jobtitle: 'Esquire',
		});
		expect(textOf(mail)).toContain('Test run through MS Flow');
	});

	it('a composite lead source is split', async () => {
		const { mail, record } = await seen(fresh({ LeadSource: 'SPZA-PLT|contoso.contoso-crm_preview-1234', ActionCode: '' }));
		expect(mail.subject).toMatch(/^Contact me:/);
		for (const text of ['AppSource', 'Contact me', 'contoso-crm_preview-1234']) expect(textOf(mail)).toContain(text);
		expect(String(record.description)).toContain('contoso-crm_preview-1234');
	});

	it.each(['names-and-email-only', 'company-and-phone-only', 'offer-title-only', 'nulls-and-blanks', 'wrong-types'])(
		'%s is delivered, with a subject and a last name, and nothing says null',
		async (name) => {
			const { mail, record } = await seen(leadFixture(name));
			expect(record).toMatchObject({ subject: expect.stringMatching(/\S/), lastname: expect.stringMatching(/\S/) });
			expect(textOf(mail)).not.toMatch(/\bnull\b/);
			if (name === 'offer-title-only') expect(mail.subject).toContain('no contact data');
		},
	);

	it('campaign parameters are rows, text is text, and nothing is invented', async () => {
		const { mail } = await seen(fresh({ Description: '{"mktcmpid":"spring","partnerid":""}' }));
		expect(textOf(mail)).toMatch(/mktcmpid:\s+spring/);
		expect(textOf(mail)).not.toContain('partnerid');
		expect(textOf((await seen(fresh({ Description: 'Please call\nafter noon' }))).mail)).toMatch(/Please call\s+after noon/);
		expect(textOf((await seen(leadFixture('blank-campaigns'))).mail)).toContain('Campaigns:');
	});

	it('a test lead is marked and delivered, a do-not-contact lead is journaled only', async () => {
		const { mail, record } = await seen(leadFixture('msft-test'));
		expect([mail.subject, record.subject]).toEqual([expect.stringMatching(/^\[TEST\]/), expect.stringMatching(/^\[TEST\]/)]);
		const { body } = await post(leadFixture('do-not-contact'));
		const journal = createTableJournal(await openTable({ connectionString: local.storage }, journalTable), ['email', 'crm']);
		expect(await journal.find(body.leadId, AbortSignal.timeout(9000))).toMatchObject({
			deliveries: {},
			journalOnly: 'do not contact',
			undecided: false,
		});
	});

	it('the same lead twenty times at once is one mail and one record, counted', async () => {
		const same = fresh();
		const answers = await Promise.all(Array.from({ length: 20 }, () => post(same)));
		expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
		expect(answers.filter(({ body }) => body.status === 'duplicate')).toHaveLength(19);
		const leadId = answers[0]?.body.leadId ?? '';
		await eventually(() => get.record(local, leadId));
		await eventually(() => get.mail(local, leadId));
		const journal = createTableJournal(await openTable({ connectionString: local.storage }, journalTable), ['email', 'crm']);
		await eventually(async () => (await journal.find(leadId, AbortSignal.timeout(9000)))?.receipts === 20);
		expect((await get.mails(local)).filter(({ headers }) => headers['x-lead-id'] === leadId)).toHaveLength(1);
	});

	it('unknown members are kept and shown', async () => {
		const { mail, record } = await seen(
			fresh({ License: null, Plan: 'gold', UserDetails: { Fax: '12345', Tags: ['a', { b: 'deep value' }] } }),
		);
		for (const text of ['gold', '12345', 'deep value']) {
			expect(textOf(mail)).toContain(text);
			expect(String(record.description)).toContain(text);
		}
	});

	it('markup, line breaks and foreign characters are text; nothing long is lost', async () => {
		const { mail, record } = await seen(leadFixture('markup-everywhere'));
		expect(mail.subject).not.toMatch(/[\r\n\u202a-\u202e]/u);
		expect(mail.html).not.toMatch(/<script|<img|onerror=[^&]*>/i);
		expect(String(record.lastname).length).toBeLessThanOrEqual(50);
		const long = await seen(leadFixture('long-description'));
		expect(textOf(long.mail).length).toBeGreaterThan(20_000);
		expect(String(long.record.description).length).toBeLessThanOrEqual(2000);
		await seen(leadFixture('emoji-and-combining'));
	});

	it.each(['repeated-keys', 'prototype-names'])('%s: a non-blank value is used', async (name) => {
		await seen(leadFixture(name));
	});

	it('a byte-order mark, a plain-text type or none at all make no difference', async () => {
		const same = JSON.stringify(fresh());
		const { leadId } = await seen(`\uFEFF${same}`);
		for (const headers of [
			{ 'content-type': 'text/plain' },
			{ 'content-type': 'application/json; charset=utf-8' },
			{ 'content-type': 'nonsense' },
		])
			expect((await post(same, { headers })).body).toMatchObject({ status: 'duplicate', leadId });
		expect((await post(new Uint8Array(Buffer.from(`\uFEFF${same}`, 'utf16le')))).body).toMatchObject({ status: 'duplicate', leadId });
	});

	it.each<[string, BodyInit, number]>([
		['an empty object', '{}', 400],
		['an array', '[]', 400],
		['a text', '"x"', 400],
		['a number', '1', 400],
		['nothing', '', 400],
		['broken JSON', '{"OfferTitle": "x', 400],
		['33 KiB', JSON.stringify({ OfferTitle: 'x'.repeat(33 * 1024) }), 413],
		['5 MB', 'x'.repeat(5_000_000), 413],
		['10,000 levels', '['.repeat(10_000), 400],
		['only blanks', '{"OfferTitle":" ","UserDetails":{"Email":null}}', 400],
	])('%s is refused with every issue, and kept', async (_, body, status) => {
		const rejections = lines.filter((line) => line.includes('lead.rejected')).length;
		const answer = await post(body);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
		expect(answer.body.issues).toContainEqual({ pointer: expect.any(String), detail: expect.stringMatching(/\w/) });
		await eventually(() => lines.filter((line) => line.includes('lead.rejected')).length > rejections);
	});

	it('a lead that follows a payload which is too long is taken at once', async () => {
		for (const size of [150_000, 200_000, 300_000]) {
			expect((await post('x'.repeat(size))).status).toBe(413);
			expect((await post(fresh())).status).toBe(202);
		}
	});

	it('rejected payloads wait for a person', async () => {
		const { body } = await post('{"Surprise":"me"}');
		expect(body.title).toBe('The payload is not a lead');
		const journal = createTableJournal(await openTable({ connectionString: local.storage }, journalTable), ['email', 'crm']);
		const tickets = await journal.tickets('rejected', { until: Number.MAX_SAFE_INTEGER, most: 100 }, AbortSignal.timeout(9000));
		expect(tickets.length).toBeGreaterThanOrEqual(1);
	});

	it('keys, methods and paths are answered as the platform and HTTP want it', async () => {
		const bare = local.intakeUrl.replace(/\?.*/, '');
		const statusOf = async (url: string, init: RequestInit = {}) => {
			const response = await fetch(url, init);
			return [response.status, response.headers.get('allow'), /at .*\.(ts|cjs)/.test(await response.text())];
		};
		expect(await statusOf(bare, { method: 'POST', body: '{}' })).toEqual([401, null, false]);
		expect(await statusOf(`${bare}?code=wrong`, { method: 'POST', body: '{}' })).toEqual([401, null, false]);
		expect(await statusOf(local.intakeUrl)).toEqual([405, 'POST', false]);
		expect(await statusOf(local.intakeUrl, { method: 'DELETE' })).toEqual([405, 'POST', false]);
		expect(await statusOf(bare.replace('leads', 'nowhere'))).toEqual([404, null, false]);
	});
});
