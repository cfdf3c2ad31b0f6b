import { UnprovenAnswer } from '../../basics/failures.ts';
import type { AskOnce, HttpAnswer } from '../../delivery/ask-once.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { readText } from '../http/answer.ts';
import { endOf, type RequestEnd } from '../http/request-end.ts';
import { dataverseHeaders } from './get-json.ts';
import type { CrmRecord } from './record-sheet.ts';

/** What every request of a delivery needs. */
export interface DataverseCall {
	/** Origin of the organisation without a trailing slash. */
	url: string;
	leadId: string;
	duplicateDetection: boolean;
	getToken: GetToken;
	ask: AskOnce;
	signal: AbortSignal;
}

/** A request as it is sent, but for its token. */
export interface DataverseRequest {
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: string;
}

/** Creates the record, and never changes one that is there: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api */
export function createRecord(call: DataverseCall, record: CrmRecord): Promise<RequestEnd> {
	return request(call, toCreateRequest(call, record));
}

/** The request that creates a record, but for its token. */
export function toCreateRequest(call: Pick<DataverseCall, 'url' | 'leadId' | 'duplicateDetection'>, record: CrmRecord): DataverseRequest {
	const headers = {
		...dataverseHeaders,
		'content-type': 'application/json; charset=utf-8',
		'if-none-match': '*',
		...(call.duplicateDetection && { 'mscrm.suppressduplicatedetection': 'false' }),
	};
	return { method: 'PATCH', url: recordUrl(call), headers, body: JSON.stringify(record) };
}

const recordUrl = ({ url, leadId }: Pick<DataverseCall, 'url' | 'leadId'>) => `${url}/api/data/v9.2/leads(${leadId})`;

/** Asks whether the record exists. A 200 that does not name it is not an answer. */
export function findRecord(call: DataverseCall): Promise<RequestEnd> {
	return request(call, { method: 'GET', url: `${recordUrl(call)}?$select=leadid`, headers: dataverseHeaders }, async (answer) => {
		const { status, ok, headers } = answer;
		if (status !== 200) return answer;
		const { text } = await readText(answer);
		if (!isRecord(text, call.leadId)) throw new UnprovenAnswer('Dataverse', 'the requested record');
		return { status, ok, headers, body: null };
	});
}

function isRecord(text: string, leadId: string): boolean {
	try {
		return String(JSON.parse(text)?.leadid).toLowerCase() === leadId.toLowerCase();
	} catch {
		return false; // empty, HTML or cut off
	}
}

function request(
	call: DataverseCall,
	{ url, ...init }: DataverseRequest,
	prove = async (answer: HttpAnswer) => answer,
): Promise<RequestEnd> {
	const { signal, ask } = call;
	return endOf({ ...call, scope: `${call.url}/.default` }, async (token) =>
		prove(
			await ask(url, {
				...init,
				headers: { ...init.headers, authorization: `Bearer ${token}` },
				redirect: 'manual',
				signal,
			}),
		),
	);
}
