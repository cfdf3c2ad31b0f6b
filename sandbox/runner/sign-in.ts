import type { IncomingHttpHeaders } from 'node:http';

/** Who is taken for signed in, as App Service Authentication would tell the app. */
export interface SignIn {
	tenantId: string;
	clientId: string;
	objectId: string;
	name: string;
	roles: string[];
}

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Does with a request's headers what App Service Authentication does with those of a person who has signed in: takes away what the caller says of itself,
 * and says who it is. Only to a request that names this machine: a web page that points its own name here (DNS rebinding) is no one.
 */
export function signRequestIn(headers: IncomingHttpHeaders, { tenantId, clientId, objectId, name, roles }: SignIn): void {
	for (const header of Object.keys(headers))
		if (header.startsWith('x-ms-client-principal') || header.startsWith('x-ms-token-')) delete headers[header];
	if (!loopback.test(headers.host ?? '')) return;
	const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
	const claims = Object.entries({ aud: clientId, iss, tid: tenantId, oid: objectId, name }).map(([typ, val]) => ({ typ, val }));
	const principal = {
		auth_typ: 'aad',
		name_typ: 'name',
		role_typ: 'roles',
		claims: [...claims, ...roles.map((val) => ({ typ: 'roles', val }))],
	};
	headers['x-ms-client-principal'] = Buffer.from(JSON.stringify(principal)).toString('base64');
	headers['x-ms-client-principal-id'] = objectId;
	headers['x-ms-client-principal-name'] = name;
	headers['x-ms-client-principal-idp'] = 'aad';
}
