import { describe, expect, it } from '@jest/globals';
import { isSameOrigin } from '../../../LeadBoard/gate/is-same-origin.ts';

describe('whether a change comes from a page of the board', () => {
	it.each<[boolean, Record<string, string>]>([
		[true, { 'sec-fetch-site': 'same-origin' }],
		[true, { 'sec-fetch-site': 'same-origin', origin: 'null', host: 'app.example' }],
		[true, { origin: 'https://app.example', host: 'app.example' }],
		[true, { origin: 'https://app.example', host: '10.0.0.1', 'x-forwarded-host': 'app.example' }],
		[true, { origin: 'http://127.0.0.1:7071', host: '127.0.0.1:7071' }],
		[true, { origin: 'https://app.example', host: 'App.Example' }],
		[true, { origin: 'https://app.example', host: 'app.example:443' }],
		[true, { origin: 'http://localhost:7071', host: 'localhost:7071' }],
		[true, { origin: 'http://[::1]:7071', host: '[::1]:7071' }],
		[false, {}],
		[false, { 'sec-fetch-site': 'same-origin, cross-site', origin: 'https://app.example', host: 'app.example' }],
		// Anyone between the browser and the app can write a page of plain http.
		[false, { origin: 'http://app.example', host: 'app.example' }],
		[false, { origin: 'blob:https://app.example/1', host: '' }],
		[false, { origin: 'data:text/html,x', host: '' }],
		[false, { origin: 'file://', host: '' }],
		[false, { origin: 'https://app.example/board', host: 'app.example' }],
		[false, { origin: 'https://a@app.example', host: 'app.example' }],
		[false, { 'sec-fetch-site': 'cross-site', origin: 'https://app.example', host: 'app.example' }],
		[false, { 'sec-fetch-site': 'same-site', origin: 'https://app.example', host: 'app.example' }],
		[false, { 'sec-fetch-site': 'none' }],
		[false, { 'sec-fetch-site': '' }],
		[false, { origin: 'null', host: 'app.example' }],
		[false, { host: 'app.example' }],
		[false, { origin: 'https://app.example.evil.example', host: 'app.example' }],
		[false, { origin: 'https://app.example:444', host: 'app.example' }],
		[false, { origin: 'app.example', host: 'app.example' }],
	])('is %s for %j', (is, headers) => {
		expect(isSameOrigin(new Headers(headers))).toBe(is);
	});
});
