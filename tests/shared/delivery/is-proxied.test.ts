import { describe, expect, it } from '@jest/globals';
import { isProxied } from '../../../shared/delivery/is-proxied.ts';

const url = 'https://contoso.table.storage.invalid';
const HTTPS_PROXY = 'http://proxy.invalid:8080';

describe('a request', () => {
	it('goes directly where the environment names no proxy', () => {
		expect(isProxied(url, {})).toBe(false);
		expect(isProxied(url, { HTTPS_PROXY: '' })).toBe(false);
	});

	it.each(['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'https_proxy', 'http_proxy', 'all_proxy'])('goes through the proxy of %s', (name) => {
		expect(isProxied(url, { [name]: HTTPS_PROXY })).toBe(true);
	});

	it.each([
		'*',
		' * ',
		'contoso.table.storage.invalid',
		'CONTOSO.table.storage.invalid',
		'localhost,contoso.table.storage.invalid',
		'localhost contoso.table.storage.invalid',
		'contoso.table.storage.invalid:443',
		'.storage.invalid',
		'*.storage.invalid',
		'.storage.invalid:443',
		'.contoso.table.storage.invalid',
	])('goes directly with NO_PROXY=%s', (NO_PROXY) => {
		expect(isProxied(url, { HTTPS_PROXY, NO_PROXY })).toBe(false);
		expect(isProxied(url, { HTTPS_PROXY, no_proxy: NO_PROXY })).toBe(false);
	});

	it.each([
		'',
		',',
		'.',
		'localhost',
		'storage.invalid',
		'contoso.table.storage.invalid:8443',
		'.other.invalid',
		'age.invalid',
		'*age.invalid',
	])('goes through the proxy with NO_PROXY=%s', (NO_PROXY) => {
		expect(isProxied(url, { HTTPS_PROXY, NO_PROXY })).toBe(true);
	});

	it('is compared with the port that its URL has', () => {
		const emulator = 'http://127.0.0.1:10002/devstoreaccount1';
		expect(isProxied(emulator, { HTTPS_PROXY, NO_PROXY: '127.0.0.1:10002' })).toBe(false);
		expect(isProxied(emulator, { HTTPS_PROXY, NO_PROXY: '127.0.0.1:10001' })).toBe(true);
		expect(isProxied('http://[::1]:10002', { HTTPS_PROXY, NO_PROXY: '[::1]' })).toBe(false);
	});
});
