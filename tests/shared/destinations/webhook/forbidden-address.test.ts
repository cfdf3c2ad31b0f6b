import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { createWebhookDestination } from '../../../../shared/destinations/webhook/create-webhook-destination.ts';
import { forbiddenBy } from '../../../../shared/destinations/webhook/send/forbidden-address.ts';
import { guardedLookup } from '../../../../shared/destinations/webhook/send/guarded-lookup.ts';
import { deliveryRequest } from '../../../support/delivery-request.ts';
import { endpointOf, endpointWithFormat } from '../../../support/endpoint.ts';

/** As someone writes a host, or as a name resolves. */
const forbiddenHosts = [
	...['127.0.0.1', '127.1', '127.255.255.254', '2130706433', '0x7f000001', '0177.0.0.1', '0x7f.1', '127.0.0.1.', '0.0.0.0', '0'],
	...[
		'10.0.0.1',
		'10.255.255.255',
		'167772161',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.0.1',
		'3232235777',
		'0300.0250.1.1',
		'100.64.0.1',
		'100.127.255.255',
	],
	...[
		'169.254.169.254',
		'169.254.0.1',
		'2852039166',
		'0xa9fea9fe',
		'0251.0376.0251.0376',
		'168.63.129.16',
		'192.0.0.1',
		'192.0.0.192',
		'192.0.2.1',
		'192.88.99.1',
	],
	...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
	...[
		'[::]',
		'[::1]',
		'[0:0:0:0:0:0:0:1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:7f00:1]',
		'[::ffff:10.0.0.1]',
		'[::ffff:169.254.169.254]',
		'[::ffff:a9fe:a9fe]',
		'[::127.0.0.1]',
		'[::ffff:0:127.0.0.1]',
	],
	...[
		'[fe80::1]',
		'[febf::1]',
		'[fec0::1]',
		'[fc00::1]',
		'[fd00::1]',
		'[fd00:ec2::254]',
		'[ff02::1]',
		'[64:ff9b::7f00:1]',
		'[64:ff9b:1::a00:1]',
		'[2002:7f00:1::]',
		'[2002:a00:1::1]',
		'[2001::1]',
		'[2001:db8::1]',
		'[3fff::1]',
		'[100::1]',
		'[::ffff:8.8.8.8]',
	],
];
const publicHosts = [
	'8.8.8.8',
	'1.1.1.1',
	'20.50.2.1',
	'172.15.255.255',
	'172.32.0.1',
	'100.63.255.255',
	'100.128.0.1',
	'[2603:1030::1]',
	'[2a00:1450:4001::200e]',
	'[2001:4860:4860::8888]',
];
const bareOf = (host: string) => new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
const usual = forbiddenBy({ privateNetworks: [], loopback: false });

describe('an address that is not of the public internet', () => {
	it('is tried in more than forty forms', () => expect(new Set(forbiddenHosts).size).toBeGreaterThan(40));

	it.each(forbiddenHosts)('%s is refused, written in the URL', async (host) => {
		const own = endpointWithFormat('json', { URL: `https://${host}/s3cret` });
		const outcome = await createWebhookDestination('webhook:sales', own).deliver(deliveryRequest(), AbortSignal.timeout(2000));
		expect(outcome).toMatchObject({
			kind: 'configuration',
			code: 'FORBIDDEN_ADDRESS',
			names: ['WEBHOOK_SALES_URL', 'WEBHOOK_PRIVATE_NETWORKS'],
		});
	});

	it.each(forbiddenHosts)('%s is refused, as what a name resolves to', async (host) => {
		const address = bareOf(host);
		const all = (_: string, tell: (error: null, addresses: LookupAddress[]) => void) =>
			tell(null, [
				{ address: '8.8.8.8', family: 4 },
				{ address, family: address.includes(':') ? 6 : 4 },
			]);
		const own = endpointWithFormat('json', { URL: 'https://rebound.example/s3cret' });
		const outcome = await createWebhookDestination('webhook:sales', own, { now: Date.now, trust: { lookUp: all } }).deliver(
			deliveryRequest(),
			AbortSignal.timeout(2000),
		);
		expect(outcome).toMatchObject({ kind: 'configuration', code: 'FORBIDDEN_ADDRESS' });
	});

	it('is not an address either: it is refused', () => {
		for (const text of ['', 'localhost', 'fe80::1%eth0', '1.2.3', '::ffff:999.1.1.1', '12345'])
			expect([text, usual(text)]).toEqual([text, true]);
	});
});

it.each(publicHosts)('%s is called', (host) => expect(usual(bareOf(host))).toBe(false));

describe('a private network that is opened', () => {
	it('opens what is in it, and nothing that is forbidden for other reasons', () => {
		const opened = forbiddenBy({
			privateNetworks: [
				['10.20.0.0', 16],
				['fd12:3456::', 32],
				['0.0.0.0', 0],
				['::', 0],
			],
			loopback: false,
		});
		const some = forbiddenBy({
			privateNetworks: [
				['10.20.0.0', 16],
				['fd12:3456::', 32],
			],
			loopback: false,
		});
		for (const address of ['10.20.0.4', '::ffff:10.20.0.4', 'fd12:3456::1']) expect([address, some(address)]).toEqual([address, false]);
		for (const address of ['10.21.0.4', 'fd13::1', '192.168.0.1']) expect([address, some(address)]).toEqual([address, true]);
		for (const address of [
			'127.0.0.1',
			'169.254.169.254',
			'168.63.129.16',
			'::1',
			'fe80::1',
			'fd00:ec2::254',
			'224.0.0.1',
			'0.0.0.0',
			'2002:7f00:1::',
		])
			expect([address, opened(address)]).toEqual([address, true]);
	});
});

describe('an endpoint on this machine', () => {
	it('is nowhere else', () => {
		const here = forbiddenBy({ privateNetworks: [['10.0.0.0', 8]], loopback: true });
		expect(['127.0.0.1', '::1', '10.0.0.1', '8.8.8.8'].map(here)).toEqual([false, false, true, true]);
	});

	it.each([
		['http://127.0.0.1:7080/x', {}, true],
		['http://localhost:7080/x', {}, true],
		['http://[::1]:7080/x', {}, true],
		['http://127.0.0.1:7080/x', { WEBSITE_INSTANCE_ID: '1' }, false],
		['http://2130706433/x', {}, false],
		['http://127.1/x', {}, false],
		['http://localhost.evil.example/x', {}, false],
		['http://127.0.0.1@evil.example/x', {}, false],
		['http://10.0.0.1/x', {}, false],
	])('%s with %j is taken: %s', (url, environment, taken) => {
		expect(endpointOf({ URL: url }, environment).own.url !== undefined).toBe(taken);
	});
});

it.each([
	[{ all: true }, [[{ address: '8.8.8.8', family: 4 }]]],
	[{}, ['8.8.8.8', 4]],
])('a host is resolved in the form that is asked for: %j', async (options, expected) => {
	const lookUp = guardedLookup(usual, (_, tell) => tell(null, [{ address: '8.8.8.8', family: 4 }]));
	const told = await new Promise<unknown[]>((resolve) => lookUp('name.example', options, (...given: unknown[]) => resolve(given)));
	expect(told).toEqual([null, ...expected]);
});
