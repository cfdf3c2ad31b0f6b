import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toConnectionString } from '../sandbox/storage/connection-string.ts';

/** A storage account that answers at once, agrees to everything and keeps nothing: what is left is the app's own cost. Its connection string. */
export async function openStorageStub(): Promise<string> {
	const ports = await Promise.all([table, queue].map(listen));
	return toConnectionString({ table: ports[0] ?? 0, queue: ports[1] ?? 0 });
}

async function listen(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void): Promise<number> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => answer(request, Buffer.concat(chunks).toString('latin1'), response));
	});
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

const created = 'HTTP/1.1 204 No Content\r\nDataServiceVersion: 3.0;\r\nETag: W/"datetime\'2026-01-01T00%3A00%3A00.0000000Z\'"\r\n\r\n';

function table({ method, url = '' }: IncomingMessage, body: string, response: ServerResponse): void {
	if (url.includes('$batch')) {
		const rows = body.split(' HTTP/1.1').length - 1;
		const part = `--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${created}\r\n`;
		const text = `--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n${part.repeat(rows)}--changesetresponse_1--\r\n--batchresponse_1--\r\n`;
		response.writeHead(202, { 'content-type': 'multipart/mixed; boundary=batchresponse_1', 'content-length': text.length }).end(text);
	} else if (method === 'GET') response.writeHead(200, { 'content-type': 'application/json' }).end('{"value":[]}');
	else response.writeHead(204).end();
}

const time = 'Thu, 01 Jan 2026 00:00:00 GMT';
const sent = `<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>00000000-0000-4000-8000-000000000000</MessageId><InsertionTime>${time}</InsertionTime><ExpirationTime>${time}</ExpirationTime><PopReceipt>AAAA</PopReceipt><TimeNextVisible>${time}</TimeNextVisible></QueueMessage></QueueMessagesList>`;

function queue({ method, url = '' }: IncomingMessage, _body: string, response: ServerResponse): void {
	const xml = { 'content-type': 'application/xml', 'x-ms-approximate-messages-count': '0' };
	if (method === 'POST' && url.includes('/messages')) response.writeHead(201, xml).end(sent);
	else if (method === 'GET' && url.includes('/messages')) response.writeHead(200, xml).end('<?xml version="1.0"?><QueueMessagesList />');
	else response.writeHead(method === 'PUT' ? 201 : method === 'GET' ? 200 : 204, xml).end();
}
