import { describe, expect, it } from '@jest/globals';
import { judgePrincipal } from '../../../LeadBoard/gate/judge-principal.ts';
import {
	asking,
	claims,
	clientId,
	headersOf,
	mapped,
	objectId,
	other,
	principal,
	refusedPrincipals,
	tenantId,
} from '../../support/principals.ts';

const judge = ({ headers, environment, board } = asking()) => judgePrincipal(headers, environment, board);

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
		['roles by their own name beside a mapped role type', principal({ role_typ: mapped.roles, claims: claims({ roles: 'Leads.Act' }) })],
		['roles by the name that the principal gives', principal({ role_typ: 'r', claims: claims({ roles: undefined, r: 'Leads.Act' }) })],
		['no audience told', principal({ claims: claims({ aud: undefined, roles: 'Leads.Act' }) })],
		['no issuer told', principal({ claims: claims({ iss: undefined, roles: 'Leads.Act' }) })],
		['neither audience nor issuer told', principal({ claims: claims({ aud: undefined, iss: undefined, roles: 'Leads.Act' }) })],
		['no role type', principal({ role_typ: null, claims: claims({ roles: 'Leads.Act' }) })],
		['the same tenant twice, mapped and unmapped', principal({ claims: claims({ [mapped.tid]: tenantId, roles: 'Leads.Act' }) })],
		[
			'an audience with its scheme, and ids in capitals',
			principal({
				claims: claims({ aud: `api://${clientId}`, tid: tenantId.toUpperCase(), oid: objectId.toUpperCase(), roles: 'Leads.Act' }),
			}),
		],
		[
			'the issuer of older tokens',
			principal({ claims: claims({ iss: `https://sts.windows.net/${tenantId.toUpperCase()}/`, roles: 'Leads.Act' }) }),
		],
		[
			'the issuer of newer tokens in another cloud, with a slash at its end',
			principal({ claims: claims({ iss: `https://login.microsoftonline.us/${tenantId}/v2.0/`, roles: 'Leads.Act' }) }),
		],
	])('lets someone act with %s', (_, value) => {
		expect(judge(asking(headersOf(value)))).toMatchObject({ ok: true, person: { objectId, mayAct: true } });
	});

	it.each([
		['', objectId],
		[' \u202e ', objectId],
		['A\u202Enn\nOperator', 'Ann Operator'],
		[`${'x'.repeat(99)}😀`, 'x'.repeat(99)],
	])('calls someone with the name %j %j', (name, shown) => {
		expect(judge(asking(headersOf(principal({ claims: claims({ name }) }))))).toMatchObject({ ok: true, person: { name: shown } });
	});

	it.each(['true', 'True', 'TRUE', ' true '])('takes sign-in for on when the platform says "%s"', (WEBSITE_AUTH_ENABLED) => {
		expect(judge(asking(headersOf(), { WEBSITE_AUTH_ENABLED })).ok).toBe(true);
	});

	it.each(refusedPrincipals)('refuses %s', (_, why, asks) => {
		expect(judge(asks)).toMatchObject({
			ok: false,
			why,
			sentence: expect.stringMatching(/^The board is closed.*\. See docs\/board\.md\.$/),
		});
	});

	it('tells nothing of the principal or of the settings in a refusal', () => {
		const refusals = [
			judge(asking(headersOf(principal({ claims: claims({ tid: other }) })))),
			judge(asking(headersOf(principal({ claims: claims({ roles: 'x' }) })))),
		];
		expect(JSON.stringify(refusals)).not.toMatch(new RegExp([tenantId, clientId, objectId, other, 'Ann'].join('|')));
	});
});
