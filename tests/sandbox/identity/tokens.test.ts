import { describe, expect, it } from '@jest/globals';
import { createTokens } from '../../../sandbox/identity/tokens.ts';

const day = 24 * 60 * 60 * 1000;
const audience = 'http://127.0.0.1:7080/graph';

describe('a token', () => {
	it('is good for its audience, with or without a slash at the end', () => {
		const tokens = createTokens(() => 0);
		const bearer = `Bearer ${tokens.issue(audience).token}`;
		expect([audience, `${audience}/`].map((wanted) => tokens.check(bearer, wanted))).toEqual([undefined, undefined]);
	});

	it('is good for no other audience', () => {
		const tokens = createTokens(() => 0);
		expect(tokens.check(`Bearer ${tokens.issue('https://graph.microsoft.com').token}`, audience)).toBe('wrong audience');
	});

	it('is good for 24 hours', () => {
		let now = 0;
		const tokens = createTokens(() => now);
		const { token, expiresAt } = tokens.issue(audience);
		const at = (time: number) => {
			now = time;
			return tokens.check(`Bearer ${token}`, audience);
		};
		expect([expiresAt, at(day - 1), at(day)]).toEqual([day, undefined, 'expired']);
	});

	it('is no token of another process, and cannot be made up', () => {
		const tokens = createTokens(() => 0);
		const { token } = createTokens(() => 0).issue(audience);
		const [head, , signature] = tokens.issue(audience).token.split('.');
		const claims = Buffer.from(JSON.stringify({ audience, expiresAt: 9e15 })).toString('base64url');
		const bad = [token, `${head}.${claims}.${signature}`, 'sandbox', 'sandbox..', 'a.b.c'];
		expect(bad.map((text) => tokens.check(`Bearer ${text}`, audience))).toEqual(bad.map(() => 'malformed'));
	});

	it('must be there, as a bearer', () => {
		const tokens = createTokens(() => 0);
		const { token } = tokens.issue(audience);
		expect([undefined, '', `Basic ${token}`, 'Bearer '].map((header) => tokens.check(header, audience))).toEqual([
			'absent',
			'absent',
			'malformed',
			'malformed',
		]);
	});
});
