import { type CheckLine, checkTimeoutMs, failure, warning } from '../../../basics/check-line.ts';
import { because, readText } from '../../http/answer.ts';
import { endOf, type RequestEnd } from '../../http/request-end.ts';
import { dataverseHeaders, mostOfMetadata } from '../get-json.ts';
import { toCrmOutcome } from '../to-crm-outcome.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';

export type DataverseReply = { ok: true; body: Record<string, unknown> } | { ok: false; end: RequestEnd };

/** Asks the environment for what is at a path below the Web API's root. Never throws. `body` is empty when the answer was no JSON object. */
export async function askDataverse({ own, clientId, tokensOf, fetch, deadline }: CrmCheckDeps, path: string): Promise<DataverseReply> {
	const url = own.url ?? '';
	const signal = deadline(checkTimeoutMs);
	let text: string | undefined;
	const end = await endOf({ getToken: tokensOf(clientId), scope: `${url}/.default`, signal }, async (token) => {
		const headers = { ...dataverseHeaders, authorization: `Bearer ${token}` };
		const response = await fetch(`${url}/api/data/v9.2/${path}`, { headers, redirect: 'manual', signal });
		if (response.status !== 200) return response;
		({ text } = await readText(response, mostOfMetadata));
		return new Response(null, { status: 200 });
	});
	return text === undefined ? { ok: false, end } : { ok: true, body: toObject(text) };
}

function toObject(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
	} catch {
		return {}; // HTML of a proxy or a sign-in page
	}
}

/** What a refusal means, in the words of a delivery that meets it. `what` is what was asked for. */
export function dataverseTrouble(check: string, what: string, end: RequestEnd): CheckLine {
	const outcome = toCrmOutcome(end, '');
	if (end.stage === 'token') return warning(check, `Cannot check without a token.`, 'Fix the token for Dataverse first.');
	if (outcome.kind === 'configuration' || outcome.kind === 'permanent')
		return failure(check, `${what}: Dataverse refuses (${outcome.code}${missingPrivilege(end)})${because(outcome)}.`, outcome.remedy);
	const code = 'code' in outcome ? outcome.code : '';
	return code.startsWith('429')
		? warning(
				check,
				`${what}: Dataverse limits the app's requests at the moment (${code}).`,
				'Wait: records are tried again automatically.',
			)
		: failure(
				check,
				`${what}: Dataverse does not work at the moment (${code}).`,
				'Wait: records are tried again automatically. If it lasts longer than an hour, see Power Platform admin center > Service health, and check DATAVERSE_URL and the network.',
			);
}

/** The name of a privilege is all that is told of what Dataverse says. */
function missingPrivilege(end: RequestEnd): string {
	const name = end.stage === 'answer' ? /\bprv[A-Za-z0-9_]{2,60}\b/.exec(end.answer.message)?.[0] : undefined;
	return name ? `, ${name} is missing` : '';
}
