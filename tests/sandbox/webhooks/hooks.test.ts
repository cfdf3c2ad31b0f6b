import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { sandboxWebhookSecret } from '../../../sandbox/sandbox-settings.ts';
import { wrongInCard } from '../../../sandbox/webhooks/formats/adaptive-card.ts';
import { toKeys } from '../../../sandbox/webhooks/formats/standard.ts';
import type { HookMessage } from '../../../sandbox/webhooks/messages.ts';
import { type HookFormat, standIns } from '../../../sandbox/webhooks/stand-ins.ts';
import type { FormatName } from '../../../shared/destinations/webhook/format-traits.ts';
import { deliveryRequest, leadId, requestOfFixture } from '../../support/delivery-request.ts';
import { leadFixtureNames } from '../../support/lead-fixtures.ts';
import { openSandbox } from '../open-sandbox.ts';
import { composed, deliverTo, post } from './hook.ts';

const formats = Object.keys(standIns) as HookFormat[];
const recent = () => ({ receivedAt: new Date() });

/** What a stand-in says to a request of the app, without a connection; undefined when it takes it. */
function refusalOf(format: FormatName, request = deliveryRequest(recent())) {
	const { address, headers, body } = composed('http://127.0.0.1:7080', format, request);
	const url = new URL(address);
	return standIns[format].refuse({
		hook: 'sales',
		path: url.pathname,
		query: url.searchParams,
		header: (name) => headers[name],
		bytes: body,
		now: Date.now(),
		keys: toKeys(sandboxWebhookSecret),
		fields: [],
	});
}

describe.each(formats)('the stand-in for %s', (format) => {
	it('takes what the app sends, and shows it', async () => {
		const { url, json } = await openSandbox();
		expect(await deliverTo(url, format, deliveryRequest(recent()))).toMatchObject({ kind: 'delivered' });
		const [message, ...others] = await json<HookMessage[]>('/messages.json');
		expect({ ...message, others: others.length }).toMatchObject({ format, hook: 'sales', leadId, times: 1, others: 0 });
		expect(JSON.stringify(message?.body)).toContain('Analytical');
		expect(await json('/message-counts.json')).toEqual({
			[message?.path ?? '']: { format, messages: 1, leads: 1, doubles: 0, changed: 0 },
		});
	});

	it('takes every fixture, unless the service would want more of the lead', () => {
		const refused = leadFixtureNames.filter((name) => {
			const said = refusalOf(format, { ...requestOfFixture(name), ...recent() });
			return said && !/^(INVALID_EMAIL|REQUIRED_FIELD)$/.test(said.code) && said;
		});
		expect(refused).toEqual([]);
	});

	it('takes POST alone', async () => {
		const { url } = await openSandbox();
		expect((await fetch(composed(url, format).address)).status).toBe(405);
	});
});

describe('a receiver of Standard Webhooks', () => {
	const open = async () => {
		const sandbox = await openSandbox();
		return { ...sandbox, good: composed(sandbox.url, 'standard', deliveryRequest(recent())) };
	};
	type Sent = Awaited<ReturnType<typeof open>>['good'];
	const withHeader =
		(name: string, change: (value: string) => string) =>
		(sent: Sent): Sent => ({ ...sent, headers: { ...sent.headers, [name]: change(sent.headers[name] ?? '') } });
	const signedAt = (timestamp: string) => (sent: Sent) => {
		const [key] = toKeys(sandboxWebhookSecret) as [Buffer];
		const signature = createHmac('sha256', key).update(`${leadId}.${timestamp}.`).update(sent.body).digest('base64');
		return { ...sent, headers: { ...sent.headers, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` } };
	};
	const seconds = (fromNow: number) => String(Math.floor(Date.now() / 1000) + fromNow);

	it.each<[string, (sent: Sent) => Sent]>([
		['a body that was changed', (sent) => ({ ...sent, body: Buffer.from(`${sent.body} `) })],
		['another id', withHeader('webhook-id', (id) => `${id}1`)],
		['an id with a dot', withHeader('webhook-id', (id) => `${id}.1`)],
		['a time that was changed', withHeader('webhook-timestamp', (time) => String(Number(time) + 1))],
		['a time of six minutes ago, signed', signedAt(seconds(-360))],
		['a time in six minutes, signed', signedAt(seconds(360))],
		['a time in milliseconds, signed', signedAt(String(Date.now()))],
		['no signature', withHeader('webhook-signature', () => '')],
		['a signature in hexadecimal', withHeader('webhook-signature', (one) => `v1,${Buffer.from(one.slice(3), 'base64').toString('hex')}`)],
		['a signature of another kind', withHeader('webhook-signature', (one) => one.replace('v1,', 'v1a,'))],
		['a signature that was cut', withHeader('webhook-signature', (one) => one.slice(0, -4))],
	])('refuses %s', async (_, change) => {
		const { good, json } = await open();
		expect((await post(change(good))).status).toBe(401);
		expect(await json('/messages.json')).toEqual([]);
	});

	it('takes one good signature among others, as while a secret is changed, and what the reference library signs', async () => {
		const { good, json } = await open();
		const others = withHeader('webhook-signature', (one) => `v1,${'A'.repeat(43)}= v1a,x ${one}`);
		const now = new Date();
		const signature = new Webhook(sandboxWebhookSecret).sign('other', now, good.body.toString());
		const headers = { ...good.headers, 'webhook-id': 'other', 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)) };
		const statuses = [await post(others(good)), await post({ ...good, headers: { ...headers, 'webhook-signature': signature } })];
		expect([...statuses.map(({ status }) => status), (await json<object[]>('/messages.json')).length]).toEqual([200, 200, 2]);
	});

	it('knows a repetition by its id, says so, and knows it after a restart too', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'hooks-'));
		try {
			const dataFile = join(folder, 'sandbox.jsonl');
			const first = await openSandbox({ dataFile });
			const request = deliveryRequest(recent());
			for (const attempt of [1, 2]) await deliverTo(first.url, 'standard', { ...request, attempt });
			await deliverTo(first.url, 'standard', { ...request, leadId: '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4e' });
			await first.close();
			const again = await openSandbox({ dataFile });
			await deliverTo(again.url, 'standard', { ...request, lead: { ...request.lead, company: 'Other' } });
			expect(await again.json('/message-counts.json')).toEqual({
				'/hooks/standard/sales': { format: 'standard', messages: 2, leads: 2, doubles: 2, changed: 1 },
			});
			await fetch(`${again.url}/messages.json`, { method: 'DELETE' });
			await again.close();
			expect(await (await openSandbox({ dataFile })).json('/messages.json')).toEqual([]);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	it('knows the secrets of the app, where it has some', async () => {
		const mine = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
		const { url } = await openSandbox({ webhookSecrets: (hook) => (hook === 'sales' ? `whsec_${'B'.repeat(32)} ${mine}` : undefined) });
		const request = deliveryRequest(recent());
		expect(await deliverTo(url, 'standard', request, { SECRET: mine })).toMatchObject({ kind: 'delivered' });
		expect(await deliverTo(url, 'standard', request)).toMatchObject({ kind: 'configuration', code: '401' });
	});
});

describe('a lost answer', () => {
	const twice = async (format: FormatName) => {
		const { url, json, setFaults } = await openSandbox();
		await setFaults({ webhook: { kind: 'lostAnswer', count: 1 } });
		const request = deliveryRequest(recent());
		const outcomes = [];
		for (const attempt of [1, 2]) outcomes.push(await deliverTo(url, format, { ...request, attempt }));
		return { outcomes, counts: Object.values(await json<Record<string, object>>('/message-counts.json')) };
	};

	it('doubles nothing where the receiver knows the repetition', async () => {
		const { outcomes, counts } = await twice('standard');
		expect(outcomes).toMatchObject([{ kind: 'transient' }, { kind: 'delivered' }]);
		expect(outcomes[0]).not.toHaveProperty('maybeDone');
		expect(counts).toMatchObject([{ messages: 1, doubles: 1, changed: 0 }]);
	});

	it('makes a second message elsewhere, of which the app knew', async () => {
		const { outcomes, counts } = await twice('slack');
		expect(outcomes).toMatchObject([{ kind: 'transient', maybeDone: true }, { kind: 'delivered' }]);
		expect(counts).toMatchObject([{ messages: 2, leads: 1, doubles: 1 }]);
	});
});

describe('what the stand-in for Teams takes', () => {
	/** Its own entry point cannot be imported by Node: the files that it names lack their endings. */
	const { AdaptiveCard, SerializationContext, Versions } = createRequire(`${process.cwd()}/package.json`)(
		'adaptivecards/dist/adaptivecards.js',
	) as typeof import('adaptivecards');
	const complaints = (card: unknown) => {
		const context = new SerializationContext(Versions.v1_4);
		new AdaptiveCard().parse(card, context);
		return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
	};
	const cardOfFixture = (name: string) =>
		JSON.parse(composed('http://127.0.0.1:1', 'teams', requestOfFixture(name)).body.toString()).attachments[0].content;

	it("is a card to Microsoft's renderer, whatever the lead", () => {
		const cards = leadFixtureNames.map(cardOfFixture);
		expect(cards.map((one) => [wrongInCard(one), complaints(one)])).toEqual(cards.map(() => [undefined, []]));
	});

	it.each<[string, (content: { body: object[]; version: unknown; actions?: unknown }) => void]>([
		['an element that there is not', ({ body }) => body.push({ type: 'Poem', text: 'x' })],
		['a column outside a set of columns', ({ body }) => body.push({ type: 'Column', items: [] })],
		['an action that there is not', (content) => Object.assign(content, { actions: [{ type: 'Action.Sing' }] })],
		[
			'a size that there is not',
			({ body }) => body.push({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x', size: 'Huge' }] }),
		],
		['a style that there is not', ({ body }) => body.push({ type: 'Container', style: 'loud', items: [] })],
		['a version that is none', (content) => Object.assign(content, { version: 'new' })],
		['an element of a later version', ({ body }) => body.push({ type: 'Table', columns: [], rows: [] })],
	])('is never what it complains of: %s', (_, change) => {
		const content = cardOfFixture('published-2020');
		change(content);
		expect([complaints(content).length > 0, wrongInCard(content) !== undefined]).toEqual([true, true]);
	});
});

describe('a repetition that a service does not know', () => {
	it('is a second message of the same lead', async () => {
		const { url, json } = await openSandbox();
		for (const attempt of [1, 2]) await deliverTo(url, 'slack', deliveryRequest({ attempt }));
		expect(await json('/message-counts.json')).toEqual({
			'/hooks/slack/sales': { format: 'slack', messages: 2, leads: 1, doubles: 1, changed: 0 },
		});
	});
});

type Change = (body: Record<string, unknown>) => unknown;
const card = (change: (content: Record<string, unknown[]>) => void): Change => {
	return (body) => {
		const [attachment] = body.attachments as [{ content: Record<string, unknown[]> }];
		change(attachment.content);
		return body;
	};
};
const blocks =
	(...added: object[]): Change =>
	(body) => ({ ...body, blocks: [...(body.blocks as object[]), ...added] });
const field =
	(...added: object[]): Change =>
	(body) => ({ ...body, fields: [...(body.fields as object[]), ...added] });
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });

const refusals: [format: FormatName, what: string, change: Change, status: number, says: string][] = [
	['standard', 'a type with a blank', (body) => body, 401, 'unauthorized'],
	['json', 'a list', () => [], 400, 'error'],
	['json', 'a member with members', (body) => ({ ...body, deep: {} }), 400, 'error'],
	['custom', 'a text', () => 'text', 415, 'error'],
	['teams', 'a message without a card', ({ attachments: _, ...body }) => body, 400, 'attachments'],
	['teams', 'an attachment that is no card', () => ({ type: 'message', attachments: [{ content: {} }] }), 400, 'contentType'],
	['teams', 'a card of version 1.5', card((content) => Object.assign(content, { version: '1.5' })), 400, 'version is none of 1.4'],
	['teams', 'an element that is not known', card(({ body }) => body?.push({ type: 'Media' })), 400, 'is no RichTextBlock'],
	[
		'teams',
		'a text block, which reads Markdown',
		card(({ body }) => body?.push({ type: 'TextBlock', text: 'x' })),
		400,
		'is no RichTextBlock',
	],
	[
		'teams',
		'a member that is not known',
		card(({ body }) => body?.push({ type: 'ColumnSet', columns: [{ type: 'Column', items: body.slice(0, 1) }], x: 1 })),
		400,
		'not known: x',
	],
	[
		'teams',
		'an action that no one answers',
		card((content) => Object.assign(content, { actions: [{ type: 'Action.Submit' }] })),
		400,
		'Action',
	],
	['teams', 'more than 28 KB', (body) => ({ ...body, summary: 'x'.repeat(28_000) }), 413, 'RequestEntityTooLarge'],
	['slack', 'a message without text', ({ text: _, ...body }) => body, 400, 'no_text'],
	['slack', 'a member that is not known', (body) => ({ ...body, channel: '#other' }), 400, 'invalid_payload'],
	['slack', 'a text in which it looks for links itself', (body) => ({ ...body, parse: 'full' }), 400, 'invalid_payload'],
	['slack', 'a list', () => [], 400, 'invalid_payload'],
	['slack', 'blocks that are no list', (body) => ({ ...body, blocks: {} }), 400, 'invalid_blocks_format'],
	['slack', 'no blocks in a list', (body) => ({ ...body, blocks: [] }), 400, 'invalid_blocks'],
	['slack', 'a head of 151 characters', blocks({ type: 'header', text: plain(151) }), 400, 'invalid_blocks'],
	['slack', 'an empty text', blocks({ type: 'section', text: plain(0) }), 400, 'invalid_blocks'],
	['slack', 'eleven fields', blocks({ type: 'section', fields: Array(11).fill(plain(1)) }), 400, 'invalid_blocks'],
	['slack', 'a section of 3,001 characters', blocks({ type: 'section', text: plain(3001) }), 400, 'invalid_blocks'],
	[
		'slack',
		'emoji where there is Markdown',
		blocks({ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }),
		400,
		'invalid_blocks',
	],
	['slack', 'more than fifty blocks', blocks(...Array(51).fill({ type: 'section', text: plain(1) })), 400, 'invalid_blocks'],
	['slack', 'too much in all', blocks(...Array(5).fill({ type: 'section', text: plain(2900) })), 400, 'msg_blocks_too_long'],
	['googlechat', 'a member that is not known', (body) => ({ ...body, blocks: [] }), 400, 'Unknown name'],
	[
		'googlechat',
		'a tag that the app does not send',
		() => ({ cardsV2: [{ card: { sections: [{ widgets: [{ textParagraph: { text: '<a href="https://x">x</a>' } }] }] } }] }),
		400,
		'a tag',
	],
	['googlechat', 'nothing', () => ({}), 400, 'cannot be empty'],
	[
		'googlechat',
		'a widget that is not known',
		() => ({ cardsV2: [{ card: { sections: [{ widgets: [{ image: {} }] }] } }] }),
		400,
		'Unknown name',
	],
	['googlechat', 'more than 32,000 bytes', (body) => ({ ...body, text: 'x'.repeat(32_000) }), 400, 'INVALID_ARGUMENT'],
	[
		'hubspot',
		'a field that the form does not have',
		field({ objectTypeId: '0-1', name: 'shoesize', value: '43' }),
		400,
		'FIELD_NOT_IN_FORM_DEFINITION',
	],
	[
		'hubspot',
		'no e-mail address',
		(body) => ({ ...body, fields: [{ objectTypeId: '0-1', name: 'lastname', value: 'x' }] }),
		400,
		'REQUIRED_FIELD',
	],
	[
		'hubspot',
		'what is no address',
		(body) => ({ ...body, fields: [{ objectTypeId: '0-1', name: 'email', value: 'x@y' }] }),
		400,
		'INVALID_EMAIL',
	],
	['hubspot', 'a time of last year', (body) => ({ ...body, submittedAt: '1700000000000' }), 400, 'INVALID_TIMESTAMP'],
	['hubspot', 'consent that no one has said', (body) => ({ ...body, legalConsentOptions: {} }), 400, 'error'],
];

describe('a stand-in refuses', () => {
	it.each(refusals)('%s: %s', async (format, _, change, status, says) => {
		const { url, json } = await openSandbox();
		const good = composed(url, format, deliveryRequest({ ...recent(), recordUrl: 'https://crm.example/1' }));
		const body = format === 'standard' ? `${good.body} ` : JSON.stringify(change(JSON.parse(good.body.toString())));
		const answer = await post({ ...good, body });
		expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(says)]);
		expect(await json('/messages.json')).toEqual([]);
	});

	it.each<[string, (fields: URLSearchParams) => void]>([
		['without oid', (fields) => fields.delete('oid')],
		['with an oid that is none', (fields) => fields.set('oid', '123')],
		['without a last name', (fields) => fields.set('last_name', ' ')],
		['without a company', (fields) => fields.delete('company')],
		['with a field that no lead has', (fields) => fields.set('shoesize', '43')],
		['with a name that is too long', (fields) => fields.set('last_name', 'x'.repeat(81))],
		['with what is no address', (fields) => fields.set('email', 'x')],
	])('a lead for Salesforce %s, which says 200 and an exception in a header', async (_, change) => {
		const { url, json } = await openSandbox();
		const good = composed(url, 'form');
		const fields = new URLSearchParams(good.body.toString());
		change(fields);
		const answer = await post({ ...good, body: fields.toString() });
		expect([answer.status, answer.headers.get('is-processed')]).toEqual([200, expect.stringContaining('Exception')]);
		expect(await json('/messages.json')).toEqual([]);
	});

	it('a card with a header that proves who sends: the URL does', async () => {
		const { url } = await openSandbox();
		const outcome = await deliverTo(url, 'teams', deliveryRequest(), { AUTHORIZATION: 'Bearer x' });
		expect(outcome).toMatchObject({ kind: 'configuration', code: '401 DirectApiAuthorizationRequired' });
	});

	it('a message for Google Chat without the key and the token of the space', async () => {
		const { url } = await openSandbox();
		expect((await post({ ...composed(url, 'googlechat'), address: `${url}/hooks/googlechat/sales` })).status).toBe(401);
	});

	it('what is posted to a hook that there is not', async () => {
		const { url } = await openSandbox();
		for (const path of ['/hooks/mattermost/sales', '/hooks/slack', '/hooks/slack/', '/hooks/constructor/sales', '/hooks/slack/sa%2fles'])
			expect((await fetch(url + path, { method: 'POST', body: '{}' })).status).toBe(404);
	});
});

it('HubSpot knows the fields that the app names: who has made the form has named them', async () => {
	const FIELDS = '{"email":"{{email}}","lead_origin":"marketplace"}';
	const strict = await openSandbox();
	const open = await openSandbox({ webhookFields: (hook) => (hook === 'sales' ? ['lead_origin'] : []) });
	expect(await deliverTo(strict.url, 'hubspot', deliveryRequest(recent()), { FIELDS })).toMatchObject({
		kind: 'configuration',
		code: '400 FIELD_NOT_IN_FORM_DEFINITION',
	});
	expect(await deliverTo(open.url, 'hubspot', deliveryRequest(recent()), { FIELDS })).toMatchObject({ kind: 'delivered' });
});

it('HubSpot takes a lead of last year, which goes without its time', async () => {
	const { url, json } = await openSandbox();
	const old = deliveryRequest({ receivedAt: new Date(Date.now() - 400 * 86_400_000) });
	expect(await deliverTo(url, 'hubspot', old)).toMatchObject({ kind: 'delivered' });
	expect(await json('/messages.json')).toMatchObject([{ body: expect.not.objectContaining({ submittedAt: expect.anything() }) }]);
});

describe('a fault of the webhooks', () => {
	const cases: [format: FormatName, fault: object, outcome: object][] = [
		['standard', { status: 410 }, { kind: 'configuration', code: '410' }],
		['standard', { status: 429, retryAfterSeconds: 7 }, { kind: 'transient', retryAfterMs: 7000 }],
		['json', { status: 400 }, { kind: 'transient', code: '400 queue-full' }],
		['json', { status: 404 }, { kind: 'configuration', code: '404' }],
		['teams', { status: 400 }, { kind: 'configuration', code: '400 WorkflowTriggerNotEnabled' }],
		['teams', { status: 404 }, { kind: 'configuration', code: '404 WorkflowNotFound' }],
		['slack', { status: 400, code: 'invalid_blocks' }, { kind: 'transient', code: '400 invalid_blocks' }],
		['slack', { status: 410 }, { kind: 'configuration', code: '410 channel_is_archived' }],
		['slack', { status: 404 }, { kind: 'configuration', code: '404 no_service' }],
		['slack', { status: 500 }, { kind: 'transient', code: '500 rollback_error' }],
		['googlechat', { status: 404 }, { kind: 'configuration', code: '404 NOT_FOUND' }],
		['googlechat', { status: 429 }, { kind: 'transient', code: '429 RESOURCE_EXHAUSTED' }],
		['hubspot', { status: 400, code: 'BLOCKED_EMAIL' }, { kind: 'permanent', code: '400 BLOCKED_EMAIL' }],
		['hubspot', { status: 400 }, { kind: 'configuration', code: '400 FIELD_NOT_IN_FORM_DEFINITION' }],
		['form', { kind: 'exception' }, { kind: 'transient', code: '200 is-processed-exception' }],
		['form', { status: 503 }, { kind: 'transient', code: '503' }],
		['slack', { kind: 'redirect' }, { kind: 'configuration', code: '302' }],
		['custom', { kind: 'redirect', status: 307 }, { kind: 'configuration', code: '307' }],
	];

	it.each(cases)('makes %s answer as its service would: %j', async (format, fault, outcome) => {
		const { url, json, setFaults } = await openSandbox();
		expect((await setFaults({ webhook: fault })).status).toBe(200);
		expect(await deliverTo(url, format, deliveryRequest(recent()))).toMatchObject(outcome);
		expect(await json('/messages.json')).toEqual([]);
	});

	it.each<[FormatName, string, string]>([
		['slack', 'cut', 'transient'],
		['slack', 'endless', 'delivered'],
		['teams', 'cut', 'delivered'],
		['standard', 'endless', 'delivered'],
	])('lets %s do the work before its answer is %s', async (format, kind, outcome) => {
		const { url, json, setFaults } = await openSandbox();
		await setFaults({ webhook: { kind } });
		expect(await deliverTo(url, format, deliveryRequest(recent()))).toMatchObject({ kind: outcome });
		expect(await json('/messages.json')).toHaveLength(1);
		expect(await json('/requests.json')).toMatchObject({ webhook: { total: 1, answers: { [kind]: 1 } } });
	});

	it('strikes one hook alone, where it names one', async () => {
		const { url, setFaults } = await openSandbox();
		await setFaults({ webhook: { status: 503, hook: 'other', count: 1 } });
		expect(await deliverTo(url, 'custom')).toMatchObject({ kind: 'delivered' });
		const { headers, body } = composed(url, 'custom');
		const other = { address: `${url}/hooks/custom/other`, headers, body };
		expect([(await post(other)).status, (await post(other)).status]).toEqual([503, 201]);
	});

	it('of Salesforce does not strike what is not Salesforce', async () => {
		const { url, setFaults } = await openSandbox();
		await setFaults({ webhook: { kind: 'exception' } });
		expect(await deliverTo(url, 'slack')).toMatchObject({ kind: 'delivered' });
	});
});
