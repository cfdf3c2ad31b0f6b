import type { GetToken } from '../../basics/open-credential.ts';
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
	fetch: typeof fetch;
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

/** Asks whether the record is there. */
export function findRecord(call: DataverseCall): Promise<RequestEnd> {
	return request(call, { method: 'GET', url: `${recordUrl(call)}?$select=leadid`, headers: dataverseHeaders });
}

function request(call: DataverseCall, { url, ...init }: DataverseRequest): Promise<RequestEnd> {
	const { signal, fetch } = call;
	return endOf({ ...call, scope: `${call.url}/.default` }, (token) =>
		fetch(url, {
			...init,
			headers: { ...init.headers, authorization: `Bearer ${token}` },
			redirect: 'manual',
			signal,
		}),
	);
}
