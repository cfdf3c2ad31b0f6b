import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/basics/time.ts';

/** Why a request's token is not accepted. */
export type TokenFault = 'absent' | 'malformed' | 'expired' | 'wrong audience';

export interface Tokens {
	/** An access token for one audience (a resource such as `http://127.0.0.1:7080/graph`); good for 24 hours, as those of a managed identity are. */
	issue(audience: string): { token: string; expiresAt: number };
	/** Checks an `Authorization` header; undefined when it is good. */
	check(authorization: string | undefined, audience: string): TokenFault | undefined;
}

const lifetimeMs = 24 * 60 * 60 * 1000;
const sameAudience = (one: string, other: string) => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');

/** Opaque tokens, signed by a secret that lives as long as the process: nothing in them is worth stealing, and no other sandbox takes them. */
export function createTokens(clock: Clock, secret: Buffer = randomBytes(32)): Tokens {
	const sign = (claims: string) => createHmac('sha256', secret).update(claims).digest();
	return {
		issue(audience) {
			const expiresAt = clock() + lifetimeMs;
			const claims = Buffer.from(JSON.stringify({ audience, expiresAt })).toString('base64url');
			return { token: `sandbox.${claims}.${sign(claims).toString('base64url')}`, expiresAt };
		},
		check(authorization, audience) {
			const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
			if (!token) return authorization ? 'malformed' : 'absent';
			const [, claims = '', signature = ''] = token.split('.');
			const given = Buffer.from(signature, 'base64url');
			const wanted = sign(claims);
			if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'malformed';
			const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { audience: string; expiresAt: number };
			if (said.expiresAt <= clock()) return 'expired';
			return sameAudience(said.audience, audience) ? undefined : 'wrong audience';
		},
	};
}
