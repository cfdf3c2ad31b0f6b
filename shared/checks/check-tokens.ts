import { type CheckLine, checkTimeoutMs, failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import { within } from '../basics/time.ts';
import type { Audience } from '../delivery/destination-kind.ts';
import { toTokenOutcome } from '../destinations/http/to-token-outcome.ts';
import { audiencesOf, type Check, type CheckDeps } from './check.ts';

/** A service to ask a token for, and the identity that asks. */
interface Asked extends Omit<Audience, 'url'> {
	scope: string;
	clientId: string | undefined;
	/** The setting that names the identity. */
	setting: string;
}

/** A token for each service that the app talks to, and who it says we are. Tokens are never told. */
export const checkTokens: Check = async (deps) => (await Promise.all((await askedOf(deps)).map((asked) => askFor(asked, deps)))).flat();

async function askedOf({ settings }: CheckDeps): Promise<Asked[]> {
	const { storage, clientId } = settings;
	const stored: Asked = {
		name: 'Storage',
		audiences: ['https://storage.azure.com', 'e406a681-f3d4-42a8-90b6-c2b029497af1'],
		scope: 'https://storage.azure.com/.default',
		clientId: storage && 'clientId' in storage ? storage.clientId : undefined,
		setting: 'AzureWebJobsStorage__clientId',
	};
	return [
		...(await audiencesOf(settings)).map(({ url, ...audience }) => ({
			...audience,
			scope: `${url}/.default`,
			clientId,
			setting: 'AZURE_CLIENT_ID',
		})),
		...(storage && !('connectionString' in storage) ? [stored] : []),
	];
}

async function askFor(audience: Asked, { tokensOf, deadline, environment }: CheckDeps): Promise<CheckLine[]> {
	const signal = deadline(checkTimeoutMs);
	let token: string;
	try {
		token = await within(signal, () => tokensOf(audience.clientId)(audience.scope, signal));
	} catch (error) {
		return [noToken(audience, error)];
	}
	const claims = readTokenClaims(token);
	if (!claims) return [ok('token', `There is a token for ${audience.name}; it does not say which identity it belongs to.`)];
	return say(audience, claims, howToSet(audience.setting, environment));
}

function noToken({ name, setting }: Asked, error: unknown): CheckLine {
	const outcome = toTokenOutcome(error);
	const code = 'code' in outcome ? outcome.code.replace(/^token /, '') : '';
	const why = error instanceof Error && error.name === 'TokenError' ? error.message : undefined;
	const none = `There is no token for ${name}`;
	if (outcome.kind === 'configuration')
		return failure(
			'token',
			`${none}: ${why ?? 'the identity is refused'} (${code}).`,
			`${outcome.remedy.replace('AZURE_CLIENT_ID', setting)} Portal: the app > Settings > Identity > User assigned.`,
		);
	return failure(
		'token',
		`${none}: ${why ?? 'the token endpoint did not respond'} (${code}).`,
		'Wait a minute and run this again; it is tried again automatically (on your own machine: az login).',
	);
}

const bare = (text: string) => text.replace(/\/+$/, '').toLowerCase();

function say(
	{ name, audiences, clientId, setting, delegated }: Asked,
	{ aud = '', appid, oid, tid, roles, scp }: TokenClaims,
	setIt: string,
): CheckLine[] {
	const isOurs = clientId !== undefined && appid?.toLowerCase() === clientId.toLowerCase();
	const who = `${scp ? 'a person by the application' : 'the application'} ${isOurs ? setting : (appid ?? '(unknown)')}, object ${oid ?? '(unknown)'}, tenant ${tid ?? '(unknown)'}`;
	const lines: CheckLine[] = [];
	if (!audiences.some((known) => bare(known) === bare(aud)))
		lines.push(
			warning(
				'token',
				`The token for ${name} is for another audience.`,
				`Check that the address of ${name} belongs to the cloud of the identity.`,
			),
		);
	if (clientId && appid && !isOurs && !scp)
		lines.push(warning('token', `The token for ${name} belongs to another application than ${setting}: ${who}.`, setIt));
	if (scp && delegated && !scp.includes(delegated))
		lines.push(
			warning(
				'token',
				`The token for ${name} belongs to ${who}, who may not send mail with it (no ${delegated}).`,
				'Try mail with the app in Azure, where it has its own identity: npm run doctor -- --send-test --url URL',
			),
		);
	if (lines.length > 0) return lines;
	const wide = roles.includes('Mail.Send') ? ' It may send as every mailbox of the tenant (Mail.Send).' : '';
	return [ok('token', `There is a token for ${name}: ${who}.${wide}`)];
}

/** Of a token's claims what tells whose it is and for whom: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
interface TokenClaims {
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
function readTokenClaims(token: string): TokenClaims | undefined {
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
