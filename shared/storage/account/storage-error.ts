import type { StorageAnswer } from './storage-line.ts';

/** Storage refused what was asked, or could not be reached. Only a refusal that storage itself has named (`code`) says that nothing was done. */
export class StorageError extends Error {
	override name = 'StorageError';
	/** Of the answer; undefined when none came. */
	readonly statusCode: number | undefined;
	/** By which storage names a refusal (`ResourceNotFound`), or how the connection failed (`ECONNRESET`). */
	readonly code: string | undefined;
	/** Of a transaction, the place of the action that was refused. */
	readonly row: number | undefined;

	constructor(message: string, { statusCode, code, row, cause }: { statusCode?: number; code?: string; row?: number; cause?: unknown }) {
		super(message, { cause });
		this.statusCode = statusCode;
		this.code = code;
		this.row = row;
	}
}

/**
 * The code by which storage itself names a refusal: `ResourceNotFound`, `QueueNotFound`. Undefined when it names none: then someone else has answered, or
 * half of the answer is missing, and its status proves nothing.
 *
 * https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
 */
export function storageCode(error: unknown): string | undefined {
	const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
	return statusCode !== undefined && typeof code === 'string' && /^[A-Z][a-z]\w+$/.test(code) ? code : undefined;
}

/** What is quoted of an answer: storage's own sentences are shorter. */
const mostWords = 500;

/** What an answer is that has not the status of a success: a refusal of storage, with its code, or someone else's answer, without one. */
export function readRefusal({ status, headers, text }: StorageAnswer): StorageError {
	const { code = headers.get('x-ms-error-code'), message } = readOdataError(text) ?? readXmlError(text) ?? {};
	return new StorageError(message?.slice(0, mostWords) || `storage answered ${status}${code ? '' : ' without a code of its own'}`, {
		statusCode: status,
		...(code && { code }),
	});
}

/** An error as tables word it; undefined for any other text. */
export function readOdataError(text: string): { code: string; message: string } | undefined {
	try {
		const { code, message } = JSON.parse(text)['odata.error'];
		return typeof code === 'string' && isCode.test(code) ? { code, message: String(message?.value ?? '') } : undefined;
	} catch {
		return undefined; // empty, a page, or cut off
	}
}

/** As queues word it, and tables in the format that they fall back to. */
function readXmlError(text: string): { code: string; message: string } | undefined {
	const [, code] = /<(?:m:)?code>(\w+)<\/(?:m:)?code>/i.exec(text) ?? [];
	const [, message = ''] = /<(?:m:)?message[^<>]*>([^<]*)</i.exec(text) ?? [];
	return code && isCode.test(code) ? { code, message } : undefined;
}

const isCode = /^[A-Z]\w+$/;
