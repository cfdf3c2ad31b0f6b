import type { Refusal } from '../../LeadBoard/gate/judge-principal.ts';

export const tenantId = '22222222-2222-2222-2222-222222222222';
export const clientId = '11111111-1111-1111-1111-111111111111';
export const objectId = '33333333-3333-3333-3333-333333333333';
export const other = '99999999-9999-9999-9999-999999999999';
const settings = { board: { clientId, tenantId } };
const on = { WEBSITE_AUTH_ENABLED: 'True' };

export const mapped = {
	tid: 'http://schemas.microsoft.com/identity/claims/tenantid',
	oid: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
	roles: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
};

type Claim = { typ: unknown; val: unknown };
export const claims = (change: Record<string, string | undefined> = {}, more: Claim[] = []): Claim[] => [
	...Object.entries({
		aud: clientId,
		iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
		tid: tenantId,
		oid: objectId,
		name: 'Ann Operator',
		roles: 'Leads.Read',
		...change,
	}).flatMap(([typ, val]) => (val === undefined ? [] : [{ typ, val }])),
	...more,
];
export const principal = (change: object = {}): object => ({
	auth_typ: 'aad',
	name_typ: 'name',
	role_typ: 'roles',
	claims: claims(),
	...change,
});
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
export const headersOf = (value: unknown = principal(), more: Record<string, string> = {}) =>
	new Headers({ 'x-ms-client-principal': encode(value), 'x-ms-client-principal-idp': 'aad', ...more });

/** Who asks, and under what: platform's variables, and the settings. */
export const asking = (
	headers = headersOf(),
	environment: Record<string, string> = on,
	board: { board?: typeof settings.board } = settings,
) => ({ headers, environment, board });
export type Asking = ReturnType<typeof asking>;

const without = (name: string) => {
	const headers = headersOf();
	headers.delete(name);
	return headers;
};

/** Forged, missing, foreign and half-right: each is refused, for this reason. */
export const refusedPrincipals: [who: string, why: Refusal, asks: Asking][] = [
	['a right principal while nothing says that sign-in is on', 'sign-in off', asking(headersOf(), {})],
	['one while sign-in is off', 'sign-in off', asking(headersOf(), { WEBSITE_AUTH_ENABLED: 'False' })],
	['one while sign-in is a number', 'sign-in off', asking(headersOf(), { WEBSITE_AUTH_ENABLED: '1' })],
	['one while sign-in is blank', 'sign-in off', asking(headersOf(), { WEBSITE_AUTH_ENABLED: '' })],
	['one while the settings name no client and tenant', 'not configured', asking(headersOf(), on, {})],
	['no principal', 'no principal', asking(without('x-ms-client-principal'))],
	['an empty principal', 'no principal', asking(headersOf(''))],
	['no base64', 'no principal', asking(headersOf(principal(), { 'x-ms-client-principal': '{}' }))],
	[
		'two headers in one',
		'no principal',
		asking(headersOf(principal(), { 'x-ms-client-principal': `${encode(principal())}, ${encode(principal())}` })),
	],
	['base64url', 'no principal', asking(headersOf(principal(), { 'x-ms-client-principal': `${encode(principal()).slice(0, -4)}-_-_` }))],
	[
		'base64 with line breaks',
		'no principal',
		asking(headersOf(principal(), { 'x-ms-client-principal': encode(principal()).replace(/.{76}/g, '$& ') })),
	],
	['base64 with a bit that says nothing', 'no principal', asking(headersOf(principal(), { 'x-ms-client-principal': 'e31=' }))],
	['a byte order mark before it', 'no principal', asking(headersOf(`\uFEFF${JSON.stringify(principal())}`))],
	[
		'UTF-16',
		'no principal',
		asking(headersOf(principal(), { 'x-ms-client-principal': Buffer.from(JSON.stringify(principal()), 'utf16le').toString('base64') })),
	],
	['names in other letters', 'no principal', asking(headersOf({ AUTH_TYP: 'aad', CLAIMS: claims() }))],
	['a provider that is no text', 'no principal', asking(headersOf(principal({ auth_typ: ['aad'] })))],
	['a role type that is no text', 'no principal', asking(headersOf(principal({ role_typ: ['roles'] })))],
	['a claim that is null', 'no principal', asking(headersOf(principal({ claims: [...claims(), null] })))],
	['base64 cut off', 'no principal', asking(headersOf(principal(), { 'x-ms-client-principal': encode(principal()).slice(0, -5) }))],
	['no JSON', 'no principal', asking(headersOf('{"auth_typ":"aad"'))],
	['a text', 'no principal', asking(headersOf('"aad"'))],
	['null', 'no principal', asking(headersOf('null'))],
	['a list', 'no principal', asking(headersOf([principal()]))],
	[
		'no UTF-8',
		'no principal',
		asking(headersOf(principal(), { 'x-ms-client-principal': Buffer.from([0xff, 0xfe, 0x7b]).toString('base64') })),
	],
	['claims that are no list', 'no principal', asking(headersOf(principal({ claims: { roles: 'Leads.Act' } })))],
	[
		'a claim that is no pair of texts',
		'no principal',
		asking(headersOf(principal({ claims: claims({}, [{ typ: 'roles', val: ['Leads.Act'] }]) }))),
	],
	['more than a principal is', 'no principal', asking(headersOf(principal({ claims: claims({ long: 'x'.repeat(70_000) }) })))],
	['no object id', 'no principal', asking(headersOf(principal({ claims: claims({ oid: undefined }) })))],
	['two object ids', 'no principal', asking(headersOf(principal({ claims: claims({ [mapped.oid]: other }) })))],
	['an object id that is none', 'no principal', asking(headersOf(principal({ claims: claims({ oid: 'ann' }) })))],
	['no provider told beside it', 'not ours', asking(without('x-ms-client-principal-idp'))],
	['another provider beside it', 'not ours', asking(headersOf(principal(), { 'x-ms-client-principal-idp': 'github' }))],
	['two providers beside it', 'not ours', asking(headersOf(principal(), { 'x-ms-client-principal-idp': 'aad, aad' }))],
	['a provider in other letters', 'not ours', asking(headersOf(principal({ auth_typ: 'AAD' })))],
	['another provider in it', 'not ours', asking(headersOf(principal({ auth_typ: 'google' })))],
	['another tenant', 'not ours', asking(headersOf(principal({ claims: claims({ tid: other }) })))],
	['no tenant', 'not ours', asking(headersOf(principal({ claims: claims({ tid: undefined }) })))],
	['two tenants, one of them ours', 'not ours', asking(headersOf(principal({ claims: claims({ [mapped.tid]: other }) })))],
	['an empty audience', 'not ours', asking(headersOf(principal({ claims: claims({ aud: '' }) })))],
	['two audiences, one of them ours', 'not ours', asking(headersOf(principal({ claims: claims({}, [{ typ: 'aud', val: other }]) })))],
	...[
		`http://login.microsoftonline.com/${tenantId}/v2.0`,
		`https://login.microsoftonline.com/${tenantId}.evil/v2.0`,
		`https://login.microsoftonline.com/${tenantId}/v2.0/${other}`,
		`https://evil.example/x/${tenantId}/v2.0`,
		`//evil/${tenantId}/`,
		`a/b/c/${tenantId}`,
		`https://login.microsoftonline.com@evil.example/${tenantId}/v2.0`,
		`https://sts.windows.net/${tenantId}/\n`,
		tenantId,
	].map((iss): [string, Refusal, Asking] => [
		`an issuer that is written as none is, ${JSON.stringify(iss)}`,
		'not ours',
		asking(headersOf(principal({ claims: claims({ iss }) }))),
	]),
	['another audience', 'not ours', asking(headersOf(principal({ claims: claims({ aud: other }) })))],
	[
		'the issuer of another tenant',
		'not ours',
		asking(headersOf(principal({ claims: claims({ iss: `https://login.microsoftonline.com/${other}/v2.0` }) }))),
	],
	['an issuer that names no tenant', 'not ours', asking(headersOf(principal({ claims: claims({ iss: 'https://evil.example/' }) })))],
	[
		'two issuers, one of them ours',
		'not ours',
		asking(
			headersOf(
				principal({
					claims: claims({}, [{ typ: 'iss', val: `https://sts.windows.net/${other}/` }]),
				}),
			),
		),
	],
	...['name', 'preferred_username', 'groups', 'department', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'].map(
		(typ): [string, Refusal, Asking] => [
			`a role in ${typ}, whatever the principal calls it`,
			'no role',
			asking(headersOf(principal({ role_typ: typ, claims: claims({ roles: undefined, [typ]: 'Leads.Act' }) }))),
		],
	),
	['no role', 'no role', asking(headersOf(principal({ claims: claims({ roles: undefined }) })))],
	[
		'roles in a claim of another case',
		'no role',
		asking(headersOf(principal({ claims: claims({ roles: undefined, Roles: 'Leads.Act' }) }))),
	],
	['a role with a blank', 'no role', asking(headersOf(principal({ claims: claims({ roles: 'Leads.Act ' }) })))],
	['a foreign role', 'no role', asking(headersOf(principal({ claims: claims({ roles: 'Leads.Reader' }) })))],
	['a role in other letters', 'no role', asking(headersOf(principal({ claims: claims({ roles: 'leads.read' }) })))],
	['roles in one text', 'no role', asking(headersOf(principal({ claims: claims({ roles: 'Leads.Read,Leads.Act' }) })))],
	['a role as the name of a claim', 'no role', asking(headersOf(principal({ claims: claims({ roles: undefined, 'Leads.Act': 'true' }) })))],
	['a role as a group', 'no role', asking(headersOf(principal({ claims: claims({ roles: undefined, groups: 'Leads.Act' }) })))],
];
