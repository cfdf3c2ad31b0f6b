import type { Environment } from '../../shared/basics/environment.ts';
import { cut, oneLine } from '../../shared/lead/clean-text.ts';
import type { Settings } from '../../shared/settings/settings.ts';

/** Who has signed in and may see the board. */
export interface Person {
	/** Object id in the tenant: what the journal and the log say of whoever acted. */
	objectId: string;
	/** For the page alone. */
	name: string;
	/** Whether the person may act; otherwise only read. */
	mayAct: boolean;
}

/** Why someone is not let in: a word for the log. */
export type Refusal = 'sign-in off' | 'not configured' | 'no principal' | 'not ours' | 'no role';

export type Judgement = { ok: true; person: Person } | { ok: false; why: Refusal; sentence: string };

/** The app roles of the app registration. Who may act may read. */
export const roles = { read: 'Leads.Read', act: 'Leads.Act' } as const;

const docs = 'See docs/board.md.';

/** What an operator is told, in one sentence for each reason. */
const sentences: Record<Refusal, string> = {
	'sign-in off': `The board is closed, because sign-in (App Service Authentication) is off for this app. ${docs}`,
	'not configured': `The board is closed, because BOARD_CLIENT_ID or BOARD_TENANT_ID is missing or wrong. ${docs}`,
	'no principal': `The board is closed to you, because the platform did not say who you are: sign in. ${docs}`,
	'not ours': `The board is closed to you, because your account is not of the tenant, or not of the app registration, that the settings name. ${docs}`,
	'no role': `The board is closed to you, because you have neither the app role ${roles.read} nor ${roles.act}: ask whoever assigns roles in Microsoft Entra. ${docs}`,
};

/**
 * Judges who asks, by five conditions, all of which must hold: sign-in is on; client and tenant are configured; the principal can be read; provider and tenant
 * are ours, and audience and issuer where they are told; it has a role of ours. While sign-in is on the platform removes the headers that a caller sends and sets its own; while it is off
 * nothing removes them, and they may say anything: so that the first condition comes first.
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 */
export function judgePrincipal(headers: Pick<Headers, 'get'>, environment: Environment, { board }: Pick<Settings, 'board'>): Judgement {
	if (environment.WEBSITE_AUTH_ENABLED?.trim().toLowerCase() !== 'true') return refuse('sign-in off');
	if (!board) return refuse('not configured');
	const claims = readClaims(headers);
	if (!claims) return refuse('no principal');
	const objectId = claims.only(objectIdNames);
	if (headers.get('x-ms-client-principal-idp') !== 'aad' || claims.provider !== 'aad' || claims.only(tenantNames) !== board.tenantId)
		return refuse('not ours');
	// The platform has compared both with its configuration. That it passes them on is promised nowhere, so that no one is locked out where it does not.
	const audiences = claims.all(['aud']);
	const issuers = claims.all(['iss']);
	if (!audiences.every((audience) => audience === board.clientId || audience === `api://${board.clientId}`)) return refuse('not ours');
	if (!issuers.every((issuer) => issuerTenant.exec(issuer.toLowerCase())?.[1] === board.tenantId)) return refuse('not ours');
	if (!objectId || !guid.test(objectId)) return refuse('no principal');
	const given = claims.roles();
	const mayAct = given.includes(roles.act);
	if (!mayAct && !given.includes(roles.read)) return refuse('no role');
	const names = [...claims.all(['name', 'preferred_username']), headers.get('x-ms-client-principal-name') ?? '', objectId];
	const name = names.map(oneLine).find((shown) => shown !== '') ?? objectId;
	return { ok: true, person: { objectId, name: cut(name, 100), mayAct } };
}

/** `https://login.microsoftonline.com/TENANT/v2.0`, and `https://sts.windows.net/TENANT/` of older tokens; other clouds of Microsoft have hosts of their own. */
const issuerTenant = /^https:\/\/[a-z\d.-]+\/([a-z\d-]+)(?:\/v2\.0)?\/?$/;

const refuse = (why: Refusal): Judgement => ({ ok: false, why, sentence: sentences[why] });

/** The platform maps some claims to older names, depending on its settings: both are read. */
const tenantNames = ['tid', 'http://schemas.microsoft.com/identity/claims/tenantid'];
const objectIdNames = ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'];
const roleNames = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];

/** What people write of themselves, and what a group or a department is called, is no role, whatever a principal calls it. */
const isNoRole =
	/(^|\/)(name|nickname|given_?name|family_name|surname|upn|unique_name|preferred_username|e-?mail|emailaddress|groups?|department)$/i;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Far more than a principal is: what is longer is not looked at. */
const longestHeader = 64 * 1024;

interface Claims {
	provider: string;
	/** The values of all claims of these names. */
	all: (names: readonly string[]) => string[];
	/** The one value on which all claims of these names agree, in small letters. */
	only: (names: readonly string[]) => string | undefined;
	roles: () => string[];
}

/** The principal of `X-MS-CLIENT-PRINCIPAL`: base64 of JSON in UTF-8. Undefined when any part of it is not as the platform writes it. */
function readClaims(headers: Pick<Headers, 'get'>): Claims | undefined {
	const header = headers.get('x-ms-client-principal') ?? '';
	if (header === '' || header.length > longestHeader) return undefined;
	const bytes = Buffer.from(header, 'base64');
	// Node reads base64url, white space and cut ends too.
	if (bytes.toString('base64') !== header) return undefined;
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		const principal: unknown = JSON.parse(text);
		if (!isPrincipal(principal)) return undefined;
		const all = (names: readonly string[]) => principal.claims.flatMap(({ typ, val }) => (names.includes(typ) ? [val] : []));
		const only = (names: readonly string[]) => {
			const values = new Set(all(names).map((value) => value.toLowerCase()));
			return values.size === 1 ? [...values][0] : undefined;
		};
		return {
			provider: principal.auth_typ,
			all,
			only,
			roles: () => all(principal.role_typ && !isNoRole.test(principal.role_typ) ? [...roleNames, principal.role_typ] : roleNames),
		};
	} catch {
		return undefined; // not JSON, or not UTF-8
	}
}

interface Principal {
	auth_typ: string;
	role_typ?: string | null;
	claims: { typ: string; val: string }[];
}

function isPrincipal(value: unknown): value is Principal {
	const { auth_typ, role_typ, claims } = (value ?? {}) as Record<keyof Principal, unknown>;
	const isClaim = (claim: unknown) => {
		const { typ, val } = (claim ?? {}) as Record<'typ' | 'val', unknown>;
		return typeof typ === 'string' && typeof val === 'string';
	};
	return (
		typeof auth_typ === 'string' &&
		(typeof role_typ === 'string' || role_typ === undefined || role_typ === null) &&
		Array.isArray(claims) &&
		claims.every(isClaim)
	);
}
