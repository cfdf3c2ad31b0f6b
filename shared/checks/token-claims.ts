/** Of a token's claims what tells whose it is and for whom: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export interface TokenClaims {
	aud?: string;
	/** The application; `azp` in newer tokens. */
	appid?: string;
	oid?: string;
	tid?: string;
	roles: string[];
	/** What a signed-in person let the application do; absent in an application's own token. */
	scp?: string[];
}

/** Reads a token without checking it: it is ours. Undefined when it is no JWT. */
export function readTokenClaims(token: string): TokenClaims | undefined {
	const [head = '', body = '', ...rest] = token.split('.');
	const header = toObject(head);
	const claims = toObject(body);
	if (!header?.alg || !claims || rest.length !== 1) return undefined;
	const text = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
	const [aud, appid, oid, tid, scp] = [claims.aud, claims.appid ?? claims.azp, claims.oid, claims.tid, claims.scp].map(text);
	return {
		...(aud !== undefined && { aud }),
		...(appid !== undefined && { appid }),
		...(oid !== undefined && { oid }),
		...(tid !== undefined && { tid }),
		roles: Array.isArray(claims.roles) ? claims.roles.map(String) : [],
		...(scp !== undefined && { scp: scp.split(' ') }),
	};
}

function toObject(part: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
		return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined; // opaque
	}
}
