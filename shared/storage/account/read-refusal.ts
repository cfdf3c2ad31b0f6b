import { StorageError } from './storage-error.ts';
import type { StorageAnswer } from './storage-line.ts';

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
