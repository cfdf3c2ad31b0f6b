import type { GetToken } from '../destination.ts';

/** What a question to Dataverse needs. */
export interface Dataverse {
	/** Origin of the organisation without a trailing slash. */
	url: string;
	getToken: GetToken;
	fetch: typeof fetch;
}

/** What every request to the Web API says: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#http-headers */
export const dataverseHeaders = { accept: 'application/json', 'odata-maxversion': '4.0', 'odata-version': '4.0' };

/** An answer that is no answer to the question; `status` tells why. */
export class DataverseRefusal extends Error {
	readonly status: number;
	constructor(status: number) {
		super(`Dataverse answered ${status}`);
		this.name = 'DataverseRefusal';
		this.status = status;
	}
}

/** Asks for the rows at a path below the Web API's root; ends with `signal`. Throws when there are none to be had. */
export async function getRows({ url, getToken, fetch }: Dataverse, path: string, signal: AbortSignal): Promise<unknown[]> {
	const token = await getToken(`${url}/.default`, signal);
	signal.throwIfAborted();
	const headers = { ...dataverseHeaders, authorization: `Bearer ${token}` };
	const response = await fetch(`${url}/api/data/v9.2/${path}`, { headers, redirect: 'manual', signal });
	const body = await response.text(); // to the end, so that the connection is used again
	if (response.status !== 200) throw new DataverseRefusal(response.status);
	const { value } = JSON.parse(body);
	if (!Array.isArray(value)) throw new TypeError('Dataverse answered without rows');
	return value;
}
