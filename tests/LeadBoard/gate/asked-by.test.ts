import { describe, expect, it } from '@jest/globals';
import { isFromOwnPage, mayRead } from '../../../LeadBoard/gate/asked-by.ts';

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
		expect(isFromOwnPage(new Headers(headers))).toBe(is);
	});
});

describe('whether a page that is asked for is shown', () => {
	const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
	it.each<[string, page: boolean, other: boolean, Record<string, string>]>([
		['a page of the board', true, true, { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
		['an address that was typed, or a bookmark', true, true, { ...link, 'sec-fetch-site': 'none' }],
		['an old browser, or none', true, true, {}],
		['a link in a mail, a chat, or the way back from a sign-in', true, false, link],
		['a link on another site of the same owner', true, false, { ...link, 'sec-fetch-site': 'same-site' }],
		['a foreign image', false, false, { ...link, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
		['a foreign script', false, false, { ...link, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
		['a foreign fetch', false, false, { ...link, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
		['a foreign frame', false, false, { ...link, 'sec-fetch-dest': 'iframe' }],
		['a foreign frame of old', false, false, { ...link, 'sec-fetch-dest': 'frame' }],
		['a foreign object', false, false, { ...link, 'sec-fetch-dest': 'object' }],
		['a foreign page that says no more', false, false, { 'sec-fetch-site': 'cross-site' }],
		['a word that no browser says', false, false, { 'sec-fetch-site': 'same-origin, cross-site' }],
		['the origin of another page', false, false, { origin: 'https://evil.example', host: 'app.example' }],
	])('%s: a page %s, anything else %s', (_, page, other, headers) => {
		const asked = new Headers(headers);
		expect([mayRead(asked, { isPage: true }), mayRead(asked, { isPage: false })]).toEqual([page, other]);
	});
});
