import type { Exchange } from './start-proxy.ts';

/** An answer on the wire. */
export interface HttpAnswer {
	status: number;
	/** Name and value in turn, as Node.js has them. */
	headers: string[];
	body: Buffer;
}

/** Answers whose status is a success, and that prove nothing; they are given with nothing done, or in place of the true one. */
export const forgeries = ['page', 'page as success', 'empty', 'cut', 'too few parts', 'too many parts', 'bare part'] as const;
export type Forgery = (typeof forgeries)[number];

type Asked = Pick<Exchange, 'service' | 'method' | 'path' | 'body'>;

/**
 * Which of them an exchange can be answered with: only a transaction has parts, and what a 204 or Graph's 202 says has no body that could be cut. An endpoint of
 * one's own proves nothing by its 2xx: whatever has that status is believed.
 */
export function forgeriesOf(asked: Pick<Exchange, 'service' | 'method' | 'path'>): Forgery[] {
	if (asked.service === 'webhook') return [];
	const status = successOf(asked);
	const hasBody = status !== 204 && asked.service !== 'graph';
	const isBatch = asked.path.includes('$batch');
	return forgeries.filter((forgery) => {
		if (forgery === 'page as success') return status === 201 || status === 202;
		if (forgery === 'cut') return hasBody;
		return isBatch || !forgery.includes('part');
	});
}

/** The status with which the service agrees. */
function successOf({ service, method, path }: Pick<Exchange, 'service' | 'method' | 'path'>): number {
	if (method === 'GET') return 200;
	if (service === 'graph' || path.includes('$batch')) return 202;
	return method === 'POST' || (service === 'queue' && method === 'PUT' && !path.includes('/messages')) ? 201 : 204;
}

/** The answer in place of the true one, or of the one that there would have been. */
export function forge(forgery: Forgery, asked: Asked, real: HttpAnswer = model(asked)): HttpAnswer {
	const success = successOf(asked);
	const page = { headers: ['content-type', 'text/html; charset=utf-8'], body: Buffer.from('<html><body>Please sign in</body></html>') };
	switch (forgery) {
		case 'page':
			return { status: 200, ...page };
		case 'page as success':
			return { status: success, ...page };
		case 'empty':
			return { status: success, headers: [], body: Buffer.alloc(0) };
		case 'cut':
			return { ...real, body: real.body.subarray(0, Math.floor(real.body.length * 0.6)) };
		case 'too few parts':
			return { ...real, body: changeParts(real.body, ([, ...others]) => others) };
		case 'too many parts':
			return { ...real, body: changeParts(real.body, (parts) => [...parts, parts[0] ?? '']) };
		case 'bare part':
			return { ...real, body: changeParts(real.body, ([first = '', ...others]) => [withoutSuccess(first), ...others]) };
	}
}

const mark = '--changesetresponse_';

function changeParts(body: Buffer, change: (parts: string[]) => string[]): Buffer {
	const [head = '', ...parts] = body.toString('latin1').split(mark);
	const end = parts.pop() ?? '';
	return Buffer.from([head, ...change(parts), end].join(mark), 'latin1');
}

const withoutSuccess = (part: string) => part.replace(/HTTP\/1\.1 .*/s, 'HTTP/1.1 503 Service Unavailable\r\n\r\n');

/** What the service would have answered. */
function model(asked: Asked): HttpAnswer {
	const { service, method, path } = asked;
	const status = successOf(asked);
	const answer = (type: string, body: string) => ({ status, headers: ['content-type', type], body: Buffer.from(body) });
	if (path.includes('$batch')) {
		const actions = asked.body.match(/^(?:POST|PUT|PATCH|MERGE|DELETE) http/gm)?.length ?? 0;
		const part = `${mark}1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nDataServiceVersion: 3.0;\r\n\r\n\r\n`;
		const body = `--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n${part.repeat(actions)}${mark}1--\r\n--batchresponse_1--\r\n`;
		return answer('multipart/mixed; boundary=batchresponse_1', body);
	}
	if (service === 'queue' && method !== 'DELETE') {
		const id = '00000000-0000-4000-8000-000000000000';
		const text = method === 'GET' ? '<MessageText>eyJiZWxsIjp7InYiOjF9fQ==</MessageText>' : '';
		const message = `<MessageId>${id}</MessageId><PopReceipt>AAAA</PopReceipt>${text}`;
		return answer('application/xml', `<?xml version="1.0"?><QueueMessagesList><QueueMessage>${message}</QueueMessage></QueueMessagesList>`);
	}
	return status === 204 ? { status, headers: [], body: Buffer.alloc(0) } : answer('application/json', '{"value":[]}');
}
