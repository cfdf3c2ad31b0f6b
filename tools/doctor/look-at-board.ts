import { type CheckLine, checkTimeoutMs, failure, ok, warning } from '../../shared/basics/check-line.ts';
import { causeCode } from '../../shared/destinations/http/request-end.ts';

export interface BoardLook {
	/** Origin of the app. */
	url: string;
	/** Of the app, when the settings here name them: a forgery is then as good as it can be. */
	clientId?: string | undefined;
	tenantId?: string | undefined;
}

export interface BoardLookDeps {
	fetch: typeof fetch;
	deadline: (ms: number) => AbortSignal;
}

const check = 'board';
const nobody = '00000000-0000-4000-8000-000000000000';

/** What only the board shows to those who are let in. */
const shown = /Lead board|"lastDay"|"deliveries"/;

/**
 * Looks at an app's board from outside, as someone who has not signed in: without anything, and with a principal made up with every role. It must be shown to
 * neither, under no name of its path, and the sign-in must leave the intake's own path alone. Changes nothing.
 */
export async function lookAtBoard({ url, clientId = nobody, tenantId = nobody }: BoardLook, deps: BoardLookDeps): Promise<CheckLine[]> {
	const forged = forge(clientId, tenantId);
	const ask = (path: string, headers: Record<string, string> = {}) => askFor(new URL(url).origin, path, headers, deps);
	const lines: CheckLine[] = [];
	let selfMade = false;
	for (const path of ['/board', '/api/board/today', '/api/board/leads'])
		for (const [who, headers] of [
			['without a sign-in', {}],
			['with a made-up principal', forged],
		] as const) {
			const answer = await ask(path, headers);
			if ('cause' in answer)
				return [failure(check, `${path} did not answer (${answer.cause}).`, 'Check that the address is right and that the app runs.')];
			if (answer.status < 300 || shown.test(answer.text))
				lines.push(
					failure(
						check,
						`${path} is open ${who} (${answer.status}): ANYONE CAN READ THE LEADS.`,
						'Turn sign-in on (signInClientId), and delete the app setting WEBSITE_AUTH_ENABLED if there is one: only the platform may set it.',
					),
				);
			selfMade ||= answer.status === 403;
		}
	for (const path of ['/api/leads', '/api/leads/x', '/API/leads/', '/api//leads', '/api/leads%2F..%2Fboard']) {
		const answer = await ask(path, forged);
		if ('cause' in answer) continue;
		if (answer.status < 300 || shown.test(answer.text))
			lines.push(
				failure(
					check,
					`${path} is answered ${answer.status} to a made-up principal.`,
					'Report this: a path beside the intake must show nothing.',
				),
			);
		if (path === '/api/leads' && [301, 302, 307].includes(answer.status))
			lines.push(
				failure(
					check,
					`${path} is sent to a sign-in (${answer.status}): the marketplace cannot post leads.`,
					'Deploy again: excludedPaths of authsettingsV2 must name /api/leads.',
				),
			);
	}
	if (lines.length > 0) return lines;
	return selfMade
		? [
				warning(
					check,
					'Nothing is shown without a sign-in, but the app refused by itself (403), not the platform: sign-in is off, or lets others through.',
					'If people shall see the board: deploy with signInClientId. See docs/board.md.',
				),
			]
		: [ok(check, 'Nothing is shown without a sign-in, nor to a made-up principal; the intake is not behind the sign-in.')];
}

async function askFor(
	origin: string,
	path: string,
	headers: Record<string, string>,
	{ fetch, deadline }: BoardLookDeps,
): Promise<{ status: number; text: string } | { cause: string }> {
	try {
		const response = await fetch(origin + path, { headers, redirect: 'manual', signal: deadline(checkTimeoutMs) });
		return { status: response.status, text: await response.text() };
	} catch (error) {
		return { cause: causeCode(error) };
	}
}

/** The headers that the platform would set for someone with every role. */
function forge(clientId: string, tenantId: string): Record<string, string> {
	const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
	const claims = { aud: clientId, iss, tid: tenantId, oid: nobody, name: 'nobody' };
	const principal = {
		auth_typ: 'aad',
		name_typ: 'name',
		role_typ: 'roles',
		claims: [
			...Object.entries(claims).map(([typ, val]) => ({ typ, val })),
			...['Leads.Read', 'Leads.Act'].map((val) => ({ typ: 'roles', val })),
		],
	};
	return {
		'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
		'x-ms-client-principal-id': nobody,
		'x-ms-client-principal-name': 'nobody',
		'x-ms-client-principal-idp': 'aad',
	};
}
