import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createWebhookDestination } from '../../../../shared/destinations/webhook/create-webhook-destination.ts';
import type { FormatName } from '../../../../shared/destinations/webhook/format-traits.ts';
import { formatTraits } from '../../../../shared/destinations/webhook/format-traits.ts';
import { previewWebhook } from '../../../../shared/destinations/webhook/preview-webhook.ts';
import { describeDestination } from '../../../contract/destination.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';
import { endpointWithFormat } from '../../../support/endpoint.ts';
import { type Reply, type StandIn, startStandIn } from '../../../support/stand-in.ts';

const open = (format: FormatName, root: string, texts: Record<string, string> = {}) =>
	createWebhookDestination('webhook:sales', endpointWithFormat(format, { URL: `${root}/hook?sig=s3cret`, ...texts }));

for (const [format, takes] of [
	['standard', [200, 206]],
	['json', [200, 206]],
	['teams', [200, 206]],
] as const)
	describeDestination(`an endpoint of the format ${format}`, {
		// Plain http is for this machine alone.
		open: (root) => open(format, root.replace('http://nowhere', 'https://nowhere')),
		openUnset: () => createWebhookDestination('webhook:sales', { ...endpointWithFormat(format), url: undefined } as never),
		success: { status: 202 },
		repeatable: formatTraits[format].repeatable,
		tokenless: true,
		takes: [...takes],
	});

const standIns: StandIn[] = [];
afterEach(() => {
	for (const standIn of standIns.splice(0)) standIn.close();
});
async function start(reply: Reply): Promise<StandIn> {
	const standIn = await startStandIn(() => reply);
	standIns.push(standIn);
	return standIn;
}
const signal = () => new AbortController().signal;
const [newSecret, oldSecret] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_b2xkLXNlY3JldC1vZi0yNC1ieXRlcy0x'];

describe('a standard endpoint', () => {
	it('signs what it sends, by the newest secret and by the one before it, as the receivers of Standard Webhooks check it', async () => {
		const standIn = await start({ status: 204 });
		const own = { SECRET: `${newSecret} ${oldSecret}` };
		await open('standard', standIn.root, own).deliver(deliveryRequest({ lead: { firstName: 'Zoë 🚀 "quoted"' } }), signal());
		const { headers = {}, body = '' } = standIn.received[0] ?? {};
		expect(String((headers as Record<string, string>)['webhook-signature']).split(' ')).toHaveLength(2);
		for (const secret of [newSecret, oldSecret]) {
			const received = new Webhook(secret).verify(body, headers as Record<string, string>) as { data: { person: unknown } };
			expect(received.data.person).toMatchObject({ firstName: 'Zoë 🚀 "quoted"' });
		}
		expect(() => new Webhook(`whsec_${Buffer.alloc(24).toString('base64')}`).verify(body, headers as Record<string, string>)).toThrow();
		expect(() => new Webhook(newSecret).verify(`${body} `, headers as Record<string, string>)).toThrow();
	});

	it('says the same id and bytes at every attempt, with the time of the attempt', async () => {
		const standIn = await start({ status: 503 });
		const destination = (now: number) =>
			createWebhookDestination('webhook:sales', endpointWithFormat('standard', { URL: `${standIn.root}/`, SECRET: newSecret }), {
				now: () => now,
			});
		await destination(1_790_000_000_999).deliver(deliveryRequest(), signal());
		await destination(1_790_000_600_000).deliver(deliveryRequest({ attempt: 2 }), signal());
		const [first, second] = standIn.received;
		expect(second?.body).toBe(first?.body);
		expect([first, second].map((request) => request?.headers['webhook-id'])).toEqual([leadId, leadId]);
		expect([first, second].map((request) => request?.headers['webhook-timestamp'])).toEqual(['1790000000', '1790000600']);
	});

	it('goes without a signature when there is no secret', async () => {
		const standIn = await start({ status: 200 });
		await open('standard', standIn.root).deliver(deliveryRequest(), signal());
		expect(standIn.received[0]?.headers).toMatchObject({ 'webhook-id': leadId });
		expect(standIn.received[0]?.headers).not.toHaveProperty('webhook-signature');
	});
});

describe('a preview of an endpoint', () => {
	it('shows what would be sent, without address and secrets', async () => {
		const own = endpointWithFormat('standard', { SECRET: newSecret, AUTHORIZATION: 'Bearer s3cret', HEADERS: '{"x-team":"sales"}' });
		const preview = await previewWebhook('webhook:sales', deliveryRequest(), own);
		expect(preview.request).toMatchObject({
			method: 'POST',
			headers: { 'webhook-id': leadId, 'webhook-signature': '…', authorization: '…', 'x-team': 'sales' },
			body: { type: 'lead.received' },
		});
		expect(preview.lines()[0]).toMatch(/^Webhook {4}webhook:sales, format standard, [\d,]+ bytes$/);
		expect(JSON.stringify(preview) + preview.lines().join()).not.toMatch(/s3cret|contoso\.example\/hook/);
	});

	it('says that it was shortened, which a delivery does not', async () => {
		const standIn = await start({ status: 202 });
		const own = endpointWithFormat('teams', { URL: `${standIn.root}/` });
		const request = deliveryRequest({ lead: { description: 'word '.repeat(8000) } });
		expect((await previewWebhook('webhook:sales', request, own)).warnings).toEqual([
			'webhook:sales: the card is too long: long values are shortened',
		]);
		expect(await createWebhookDestination('webhook:sales', own).deliver(request, signal())).not.toHaveProperty('warnings');
	});

	it('of a form shows its fields', async () => {
		expect((await previewWebhook('webhook:sales', deliveryRequest(), endpointWithFormat('form'))).request).toMatchObject({
			body: { last_name: 'Lovelace' },
		});
	});
});

describe('an endpoint', () => {
	it('is posted to at its address as it was written, with its own headers and authorization', async () => {
		const standIn = await start({ status: 200 });
		const url = `${standIn.root}/a%2Fb/./c?z=1&a=%7E&b=+&sig=x%2By`;
		const texts = { URL: url, AUTHORIZATION: 'Bearer t0ken', HEADERS: '{"X-Team":"sales"}' };
		expect((await open('json', standIn.root, texts).deliver(deliveryRequest(), signal())).kind).toBe('delivered');
		expect(standIn.received[0]).toMatchObject({
			method: 'POST',
			path: '/a%2Fb/./c?z=1&a=%7E&b=+&sig=x%2By',
			headers: {
				authorization: 'Bearer t0ken',
				'x-team': 'sales',
				'x-lead-id': leadId,
				'idempotency-key': leadId,
				'content-type': 'application/json; charset=utf-8',
				'accept-encoding': 'identity',
				connection: 'close',
			},
		});
	});

	it.each([
		['/ü/hook?key=s3cret', '/%C3%BC/hook?key=s3cret'],
		['/hook?name=ü&key=s3cret', '/hook?name=%C3%BC&key=s3cret'],
		['/hook?a=<b>&key=s3cret', '/hook?a=%3Cb%3E&key=s3cret'],
		['?key=s3cret', '/?key=s3cret'],
		['/hook?key=s3cret#ü', '/hook?key=s3cret'],
	])('whose address is written with %s is posted to at the whole of it', async (written, path) => {
		const standIn = await start({ status: 200 });
		await open('json', standIn.root, { URL: `${standIn.root}${written}` }).deliver(deliveryRequest(), signal());
		expect(standIn.received.map((request) => request.path)).toEqual([path]);
	});

	it.each(['/elsewhere', 'http://169.254.169.254/latest/meta-data'])('does not follow a redirect to %s', async (location) => {
		const standIn = await start({ status: 307, headers: { location } });
		const outcome = await open('json', standIn.root).deliver(deliveryRequest(), signal());
		expect(outcome).toMatchObject({ kind: 'configuration', code: '307' });
		expect(standIn.received).toHaveLength(1);
		expect(JSON.stringify(outcome)).not.toMatch(/elsewhere|169\.254/);
	});

	it.each([
		['an answer that never comes', 'hang', true],
		['an answer that stalls', { status: 500, stalls: true }, true],
	] as const)('ends at WEBHOOK_TIMEOUT with %s', async (_, reply, maybeDone) => {
		const standIn = await start(reply);
		const own = { ...endpointWithFormat('json', { URL: `${standIn.root}/` }), timeoutMs: 150 };
		const outcome = await createWebhookDestination('webhook:sales', own).deliver(deliveryRequest(), signal());
		expect(outcome).toMatchObject({ kind: 'transient', maybeDone });
	});

	it('grows by less than 10 MiB with an answer that has no end', async () => {
		const standIn = await start({ status: 500, endless: true, body: 'x' });
		const before = process.memoryUsage().rss;
		await open('slack', standIn.root).deliver(deliveryRequest(), signal());
		expect(process.memoryUsage().rss - before).toBeLessThan(10 * 1024 * 1024);
		expect(await standIn.cutOff()).toBeLessThan(8 * 1024 * 1024);
	});

	it('tells nothing of its address, of its secrets or of the answer, whatever happens', async () => {
		const said = 'The customer ada.lovelace@example.com is unknown at https://internal.example/s3cret';
		const replies: Reply[] = [
			'reset',
			...[200, 202, 302, 400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503].map((status) => ({
				status,
				body: said,
				headers: { location: said, 'x-ms-workflow-run-id': said, 'request-id': said, 'is-processed': `true Exception: ${said}` },
			})),
		];
		for (const format of Object.keys(formatTraits) as FormatName[])
			for (const reply of replies) {
				const standIn = await start(reply);
				const outcome = await open(format, standIn.root, { AUTHORIZATION: 'Bearer s3cret' }).deliver(
					deliveryRequest({ attempt: 4 }),
					signal(),
				);
				expect({ format, outcome: JSON.stringify(outcome) }).toEqual({
					format,
					outcome: expect.not.stringMatching(/s3cret|lovelace|internal\.example|127\.0\.0\.1|unknown at|\/hook/),
				});
			}
	}, 30_000);
});
