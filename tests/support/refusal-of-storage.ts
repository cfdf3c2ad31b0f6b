import type { Reply } from './stand-in.ts';

/** A refusal as tables and queues word it: in the header, and in a body of JSON or XML. */
export function refusalOfStorage(code: string, { status = 403, as = 'table' }: { status?: number; as?: 'table' | 'queue' } = {}): Reply {
	const headers = { 'x-ms-error-code': code, 'x-ms-version': '2024-11-04' };
	if (as === 'queue')
		return {
			status,
			headers: { ...headers, 'content-type': 'application/xml' },
			body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>This request is not authorized.\nRequestId:x</Message></Error>`,
		};
	return {
		status,
		headers: { ...headers, 'content-type': 'application/json;odata=minimalmetadata' },
		body: JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: 'This request is not authorized.\nRequestId:x' } } }),
	};
}
