import type { GetToken } from '../../tokens/open-credential.ts';
import { readText } from '../http/answer.ts';

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

/** Bytes. A table of hundreds of columns, each labelled in a dozen languages, takes about one megabyte. */
export const mostOfMetadata = 8 * 1024 * 1024;

/** Asks for the rows at a path below the Web API's root; ends with `signal`. Throws when there are none to be had, or more than `mostBytes` of them. */
export async function getRows(
	{ url, getToken, fetch }: Dataverse,
	path: string,
	{ signal, mostBytes }: { signal: AbortSignal; mostBytes?: number },
): Promise<unknown[]> {
	const token = await getToken(`${url}/.default`, signal);
	signal.throwIfAborted();
	const headers = { ...dataverseHeaders, authorization: `Bearer ${token}` };
	const response = await fetch(`${url}/api/data/v9.2/${path}`, { headers, redirect: 'manual', signal });
	if (response.status !== 200) {
		await readText(response);
		throw new DataverseRefusal(response.status);
	}
	const { text, whole } = await readText(response, mostBytes);
	if (!whole) throw new TypeError('the answer of Dataverse did not end, or broke off');
	const { value } = JSON.parse(text);
	if (!Array.isArray(value)) throw new TypeError('Dataverse answered without rows');
	return value;
}

/** Dataverse's error code as lower-case hex (`0x80040237`), from hex or signed decimal; `''` for anything else. */
export function dataverseCode(text: string): string {
	if (/^0x[\da-f]{1,8}$/i.test(text)) return text.toLowerCase();
	const number = Number(text);
	if (!/^-?\d{1,10}$/.test(text) || number < -(2 ** 31) || number >= 2 ** 32) return '';
	return `0x${(number >>> 0).toString(16).padStart(8, '0')}`;
}
