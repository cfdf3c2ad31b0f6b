import { describe, expect, it } from '@jest/globals';
import { judgePrincipal } from '../../../LeadBoard/gate/judge-principal.ts';

const tenantId = '22222222-2222-2222-2222-222222222222';
const clientId = '11111111-1111-1111-1111-111111111111';
const objectId = '33333333-3333-3333-3333-333333333333';
const other = '99999999-9999-9999-9999-999999999999';
const settings = { board: { clientId, tenantId } };
const on = { WEBSITE_AUTH_ENABLED: 'True' };

const mapped = {
	tid: 'http://schemas.microsoft.com/identity/claims/tenantid',
	oid: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
	roles: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
};

type Claim = { typ: unknown; val: unknown };
const claims = (change: Record<string, string | undefined> = {}, more: Claim[] = []): Claim[] => [
	...Object.entries({ aud: clientId, tid: tenantId, oid: objectId, name: 'Ann Operator', roles: 'Leads.Read', ...change }).flatMap(
		([typ, val]) => (val === undefined ? [] : [{ typ, val }]),
	),
	...more,
];
const principal = (change: object = {}): object => ({ auth_typ: 'aad', name_typ: 'name', role_typ: 'roles', claims: claims(), ...change });
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
const headersOf = (value: unknown = principal(), more: Record<string, string> = {}) =>
	new Headers({ 'x-ms-client-principal': encode(value), 'x-ms-client-principal-idp': 'aad', ...more });

const judge = (headers = headersOf(), environment: Record<string, string> = on, board: { board?: typeof settings.board } = settings) =>
	judgePrincipal(headers, environment, board);
const without = (name: string) => {
	const headers = headersOf();
	headers.delete(name);
	return headers;
};

describe('who is let in to the board', () => {
	it('reads a principal with the role to read, and may not act', () => {
		expect(judge()).toEqual({ ok: true, person: { objectId, name: 'Ann Operator', mayAct: false } });
	});

	it.each([
		['the role to act alone', principal({ claims: claims({ roles: 'Leads.Act' }) })],
		['both roles, a claim each', principal({ claims: claims({}, [{ typ: 'roles', val: 'Leads.Act' }]) })],
		[
			'names that are mapped',
			principal({
				role_typ: mapped.roles,
				claims: claims({
					tid: undefined,
					oid: undefined,
					roles: undefined,
					[mapped.tid]: tenantId,
					[mapped.oid]: objectId,
					[mapped.roles]: 'Leads.Act',
				}),
			}),
		],
		['roles by the name that the principal gives', principal({ role_typ: 'r', claims: claims({ roles: undefined, r: 'Leads.Act' }) })],
		[
			'an audience with its scheme, and ids in capitals',
			principal({
				claims: claims({ aud: `api://${clientId}`, tid: tenantId.toUpperCase(), oid: objectId.toUpperCase(), roles: 'Leads.Act' }),
			}),
		],
		['no audience told', principal({ claims: claims({ aud: undefined, roles: 'Leads.Act' }) })],
	])('lets someone act with %s', (_, value) => {
		expect(judge(headersOf(value))).toMatchObject({ ok: true, person: { objectId, mayAct: true } });
	});

	it.each(['true', 'True', 'TRUE', ' true '])('takes sign-in for on when the platform says "%s"', (WEBSITE_AUTH_ENABLED) => {
		expect(judge(headersOf(), { WEBSITE_AUTH_ENABLED }).ok).toBe(true);
	});

	it.each<[string, 'sign-in off' | 'not configured' | 'no principal' | 'not ours' | 'no role', ReturnType<typeof judge>]>([
		['a right principal while nothing says that sign-in is on', 'sign-in off', judge(headersOf(), {})],
		['one while sign-in is off', 'sign-in off', judge(headersOf(), { WEBSITE_AUTH_ENABLED: 'False' })],
		['one while sign-in is a number', 'sign-in off', judge(headersOf(), { WEBSITE_AUTH_ENABLED: '1' })],
		['one while sign-in is blank', 'sign-in off', judge(headersOf(), { WEBSITE_AUTH_ENABLED: '' })],
		['one while the settings name no client and tenant', 'not configured', judge(headersOf(), on, {})],
		['no principal', 'no principal', judge(without('x-ms-client-principal'))],
		['an empty principal', 'no principal', judge(headersOf(''))],
		['no base64', 'no principal', judge(headersOf(principal(), { 'x-ms-client-principal': '{}' }))],
		[
			'two headers in one',
			'no principal',
			judge(headersOf(principal(), { 'x-ms-client-principal': `${encode(principal())}, ${encode(principal())}` })),
		],
		['base64url', 'no principal', judge(headersOf(principal(), { 'x-ms-client-principal': `${encode(principal()).slice(0, -4)}-_-_` }))],
		['base64 cut off', 'no principal', judge(headersOf(principal(), { 'x-ms-client-principal': encode(principal()).slice(0, -5) }))],
		['no JSON', 'no principal', judge(headersOf('{"auth_typ":"aad"'))],
		['a text', 'no principal', judge(headersOf('"aad"'))],
		['null', 'no principal', judge(headersOf('null'))],
		['a list', 'no principal', judge(headersOf([principal()]))],
		[
			'no UTF-8',
			'no principal',
			judge(headersOf(principal(), { 'x-ms-client-principal': Buffer.from([0xff, 0xfe, 0x7b]).toString('base64') })),
		],
		['claims that are no list', 'no principal', judge(headersOf(principal({ claims: { roles: 'Leads.Act' } })))],
		[
			'a claim that is no pair of texts',
			'no principal',
			judge(headersOf(principal({ claims: claims({}, [{ typ: 'roles', val: ['Leads.Act'] }]) }))),
		],
		['more than a principal is', 'no principal', judge(headersOf(principal({ claims: claims({ long: 'x'.repeat(70_000) }) })))],
		['no object id', 'no principal', judge(headersOf(principal({ claims: claims({ oid: undefined }) })))],
		['two object ids', 'no principal', judge(headersOf(principal({ claims: claims({ [mapped.oid]: other }) })))],
		['an object id that is none', 'no principal', judge(headersOf(principal({ claims: claims({ oid: 'ann' }) })))],
		['no provider told beside it', 'not ours', judge(without('x-ms-client-principal-idp'))],
		['another provider beside it', 'not ours', judge(headersOf(principal(), { 'x-ms-client-principal-idp': 'github' }))],
		['another provider in it', 'not ours', judge(headersOf(principal({ auth_typ: 'google' })))],
		['another tenant', 'not ours', judge(headersOf(principal({ claims: claims({ tid: other }) })))],
		['no tenant', 'not ours', judge(headersOf(principal({ claims: claims({ tid: undefined }) })))],
		['two tenants, one of them ours', 'not ours', judge(headersOf(principal({ claims: claims({ [mapped.tid]: other }) })))],
		['another audience', 'not ours', judge(headersOf(principal({ claims: claims({ aud: other }) })))],
		['no role', 'no role', judge(headersOf(principal({ claims: claims({ roles: undefined }) })))],
		['a foreign role', 'no role', judge(headersOf(principal({ claims: claims({ roles: 'Leads.Reader' }) })))],
		['a role in other letters', 'no role', judge(headersOf(principal({ claims: claims({ roles: 'leads.read' }) })))],
		['roles in one text', 'no role', judge(headersOf(principal({ claims: claims({ roles: 'Leads.Read,Leads.Act' }) })))],
		[
			'a role as the name of a claim',
			'no role',
			judge(headersOf(principal({ claims: claims({ roles: undefined, 'Leads.Act': 'true' }) }))),
		],
		['a role as a group', 'no role', judge(headersOf(principal({ claims: claims({ roles: undefined, groups: 'Leads.Act' }) })))],
	])('refuses %s', (_, why, judgement) => {
		expect(judgement).toMatchObject({ ok: false, why, sentence: expect.stringMatching(/^The board is closed.*\. See docs\/board\.md\.$/) });
	});

	it('tells nothing of the principal or of the settings in a refusal', () => {
		const refusals = [
			judge(headersOf(principal({ claims: claims({ tid: other }) }))),
			judge(headersOf(principal({ claims: claims({ roles: 'x' }) }))),
		];
		expect(JSON.stringify(refusals)).not.toMatch(new RegExp([tenantId, clientId, objectId, other, 'Ann'].join('|')));
	});
});
