import { afterEach, describe, expect, it } from '@jest/globals';
import { askOnce } from '../../../../shared/delivery/ask-once.ts';
import { createCrmDestination } from '../../../../shared/destinations/crm/create-crm-destination.ts';
import type { CrmSettings } from '../../../../shared/destinations/crm/crm-settings.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { describeDestination } from '../../../contract/destination.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';
import { type Reply, type StandIn, startStandIn } from '../../../support/stand-in.ts';

const created = { status: 204, headers: { 'odata-entityid': `https://contoso.crm4.dynamics.com/api/data/v9.2/leads(${leadId})` } };
const found = { status: 200, body: JSON.stringify({ leadid: leadId }) };

describeDestination('crm', {
	open: (root, getToken) => createCrmDestination({ settings: { url: root, duplicateDetection: false }, getToken, fetch, ask: askOnce }),
	openUnset: (getToken) => createCrmDestination({ settings: { duplicateDetection: false }, getToken, fetch }),
	success: created,
	repeatable: true,
});

const refusal = (status: number, code: string, message = '') => ({ status, body: JSON.stringify({ error: { code, message } }) });

describe('the crm destination', () => {
	let dataverse: StandIn;
	afterEach(() => dataverse.close());
	const deliver = async (
		replies: Reply[],
		{ lead = {}, settings = {} }: { lead?: Partial<Lead>; settings?: Partial<CrmSettings> } = {},
	) => {
		dataverse = await startStandIn((_, count) => replies[count - 1] ?? { status: 599 });
		const crm = createCrmDestination({
			settings: { url: dataverse.root, duplicateDetection: false, ...settings },
			getToken: async () => 'token',
			fetch,
			ask: askOnce,
		});
		const outcome = await crm.deliver(deliveryRequest({ lead }), AbortSignal.timeout(20_000));
		expect(dataverse.received).toHaveLength(replies.length);
		return outcome;
	};
	const sent = (index = 0) => JSON.parse(dataverse.received[index]?.body ?? 'null');
	const header = (name: string) => dataverse.received[0]?.headers[name];

	it('creates the record under the lead id, and would change none', async () => {
		expect(await deliver([created])).toEqual({ kind: 'delivered', proof: { id: leadId, how: 'created' } });
		expect(dataverse.received[0]).toMatchObject({
			method: 'PATCH',
			path: `/api/data/v9.2/leads(${leadId})`,
			headers: {
				authorization: 'Bearer token',
				'if-none-match': '*',
				accept: 'application/json',
				'content-type': 'application/json; charset=utf-8',
				'odata-maxversion': '4.0',
				'odata-version': '4.0',
			},
		});
		expect(header('mscrm.suppressduplicatedetection')).toBeUndefined();
		expect(sent()).toMatchObject({ subject: 'Contoso CRM – Acquired / Get it now (Azure Marketplace)', lastname: 'Lovelace' });
	});

	it('lets duplicate-detection rules speak when a setting says so', async () => {
		await deliver([created], { settings: { duplicateDetection: true } });
		expect(header('mscrm.suppressduplicatedetection')).toBe('false');
	});

	it.each([
		['0x80040237', 'says that the record exists'],
		['', 'does not say why'],
		['0x80040999', 'says something new'],
	])('looks for the record when a 412 (%s) %s', async (code) => {
		expect(await deliver([refusal(412, code), found])).toEqual({
			kind: 'delivered',
			proof: { id: leadId, how: 'existed already' },
		});
		expect(dataverse.received[1]).toMatchObject({
			method: 'GET',
			path: `/api/data/v9.2/leads(${leadId})?$select=leadid`,
			headers: { authorization: 'Bearer token', 'odata-version': '4.0' },
		});
	});

	it('does not believe a 412 when the record is not there', async () => {
		expect(await deliver([refusal(412, '0x80040237'), refusal(404, '0x80040217')])).toMatchObject({ kind: 'transient' });
	});

	const page = '<html><body>Sign in</body></html>';
	const elsewhere = leadId.replace(/.{4}$/, 'ffff');

	it.each<[string, Reply]>([
		['a 204 that names no record', { status: 204 }],
		['a 204 that names another record', { status: 204, headers: { 'odata-entityid': `https://x/leads(${elsewhere})` } }],
		['a page with 201', { status: 201, headers: { 'content-type': 'text/html' }, body: page }],
	])('looks for the record after %s', async (_, unproven) => {
		expect(await deliver([unproven, found])).toEqual({ kind: 'delivered', proof: { id: leadId, how: 'created' } });
		dataverse.close();
		expect(await deliver([unproven, refusal(404, '0x80040217')])).toMatchObject({ kind: 'transient' });
	});

	it('takes a page with 200 for no record', async () => {
		expect(await deliver([{ status: 200, headers: { 'content-type': 'text/html' }, body: page }])).toMatchObject({ kind: 'transient' });
	});

	it.each<[string, Reply]>([
		['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: page }],
		['nothing', { status: 200 }],
		['an object without the id', { status: 200, body: '{}' }],
		['null', { status: 200, body: 'null' }],
		['half of it', { status: 200, body: '{"leadid":"0190' }],
		['another record', { status: 200, body: JSON.stringify({ leadid: elsewhere }) }],
		['an empty 204', { status: 204 }],
	])('does not believe that the record is there when a look for it is answered with %s', async (_, look) => {
		expect(await deliver([refusal(412, '0x80040237'), look])).toMatchObject({ kind: 'transient' });
	});

	it('leaves a match of a duplicate rule to a person', async () => {
		expect(await deliver([refusal(412, '0x80040333')])).toMatchObject({ kind: 'permanent', code: '412 0x80040333' });
	});

	it.each(['0x80044331', '0x80090429', '0x8004431A', '0x80048d19', '0x80048408', '-2147204303', ''])(
		'tries smaller records when a value is refused, the smallest at last (%s)',
		async (code) => {
			const isSmallest = ({ body }: { body: string }) => Object.keys(JSON.parse(body)).length === 4;
			dataverse = await startStandIn((request) => (isSmallest(request) ? created : refusal(400, code)));
			const crm = createCrmDestination({
				settings: { url: dataverse.root, duplicateDetection: false },
				getToken: async () => 'token',
				fetch,
			});
			const outcome = await crm.deliver(deliveryRequest({ lead: { firstName: 'Ada', company: 'Fabrikam' } }), AbortSignal.timeout(20_000));
			expect(outcome).toMatchObject({ kind: 'delivered', proof: { id: leadId, how: expect.stringContaining('smallest form') } });
			const last = dataverse.received.length - 1;
			expect(Object.keys(sent(last)).sort()).toEqual(['description', 'firstname', 'lastname', 'subject']);
			expect(sent(last).description).toContain('Company: Fabrikam');
		},
	);

	it('gives up when the smallest record is refused too', async () => {
		dataverse = await startStandIn(() => refusal(400, '0x80044331', 'too long'));
		const crm = createCrmDestination({
			settings: { url: dataverse.root, duplicateDetection: false },
			getToken: async () => 'token',
			fetch,
		});
		expect(await crm.deliver(deliveryRequest(), AbortSignal.timeout(20_000))).toMatchObject({
			kind: 'permanent',
			code: '400 0x80044331',
			reason: 'a value is too long for its column: too long',
			smallest: true,
		});
	});

	it('does not get round a plug-in', async () => {
		const outcome = await deliver([refusal(400, '0x80040265', 'not from there')]);
		expect(outcome).toMatchObject({ kind: 'permanent', reason: expect.stringContaining('not from there') });
		expect(outcome).toMatchObject({ smallest: true });
	});

	it('looks for the record when a smaller one exists already', async () => {
		const outcome = await deliver([refusal(400, '0x80044331', "'companyname'"), refusal(412, '0x80040237'), found]);
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: expect.stringContaining('existed already') } });
	});

	it('creates the record without the time it came when only that is not allowed', async () => {
		const missing = refusal(403, '0x80040220', 'Principal user is missing prvOverrideCreatedOnCreatedBy privilege');
		const outcome = await deliver([missing, created]);
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: 'created, without the time it came' } });
		expect([sent(0).overriddencreatedon, sent(1).overriddencreatedon]).toEqual(['2026-11-23T22:46:10.123Z', undefined]);
		expect(sent(1).companyname).toBe('Analytical Engines Ltd');
	});

	it('uses the fetch that it was given', async () => {
		const urls: string[] = [];
		const crm = createCrmDestination({
			settings: { url: 'https://contoso.crm4.dynamics.com', duplicateDetection: false },
			getToken: async () => 'token',
			fetch: async (url) => {
				urls.push(String(url));
				return new Response(null, created);
			},
		});
		dataverse = await startStandIn(() => 'reset');
		expect(await crm.deliver(deliveryRequest(), AbortSignal.timeout(20_000))).toMatchObject({ kind: 'delivered' });
		expect(urls).toEqual([`https://contoso.crm4.dynamics.com/api/data/v9.2/leads(${leadId})`]);
	});
});
