import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Forgery, forge, type HttpAnswer } from './forge-answer.ts';

/** One request of the worker and its answer. */
export interface Exchange {
	/** Which service was asked: `table`, `queue`, `graph`, `dataverse`, `identity`, `webhook`. */
	service: string;
	/** Method and path, with ids and receipts taken out: the same for the same step of any lead. */
	what: string;
	method: string;
	path: string;
	body: string;
	/** The worker has hung up: it hears no answer any more. */
	isOver(): boolean;
	/** Tells when the worker hangs up, be it after the answer. */
	onOver(listener: () => void): void;
}

/** What the proxy does at an exchange: `pass`, lose the request or its answer, refuse it with a status, give an answer of its own, or a false one. */
export interface Gate {
	/** Before the request is forwarded. */
	before(exchange: Exchange): 'pass' | 'lose' | number | HttpAnswer | Forgery;
	/** After it was answered, before the worker hears. */
	after(exchange: Exchange, answer: { status: number; body: string }): 'pass' | 'lose' | Forgery;
}

export interface Proxy {
	/** The address that stands in for a service's. */
	url: (service: string) => string;
	close(): Promise<void>;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

const withoutIds = (path: string) =>
	decodeURIComponent(path)
		.replace(/[?].*$/s, '')
		.replace(/^\/account\d+/, '')
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '<id>')
		.replace(/\|\d{13}/g, '|<time>')
		.replace(/[0-9a-f]{64}/g, '<hash>');

/** Stands between a worker and everything it talks to: a port per service on the loopback address, each in front of one upstream address. */
export async function startProxy(upstreams: Record<string, string>, gate: Gate): Promise<Proxy> {
	const servers = await Promise.all(
		Object.entries(upstreams).map(async ([service, upstream]) => {
			const server = createServer((incoming, outgoing) => void forward({ service, upstream: new URL(upstream), gate }, incoming, outgoing));
			server.keepAliveTimeout = 60_000;
			server.on('connection', (socket) => socket.setMaxListeners(0)); // one for each exchange on it
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			return [service, server] as const;
		}),
	);
	const byService = new Map(servers);
	return {
		url: (service) => {
			const address = byService.get(service)?.address() as AddressInfo | undefined;
			return `http://127.0.0.1:${address?.port}`;
		},
		close: async () => {
			for (const [, server] of servers) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}

async function forward(
	{ service, upstream, gate }: { service: string; upstream: URL; gate: Gate },
	incoming: IncomingMessage,
	outgoing: ServerResponse,
): Promise<void> {
	try {
		const body = await read(incoming);
		const { method = '', url: path = '' } = incoming;
		const exchange: Exchange = {
			service,
			method,
			path,
			what: `${service} ${method} ${withoutIds(path)}`,
			body: body.toString('latin1'),
			isOver: () => incoming.socket.destroyed,
			onOver: (listener) => void incoming.socket.once('close', listener),
		};
		const way = gate.before(exchange);
		if (way === 'lose') return void incoming.socket.destroy();
		if (typeof way === 'number') return send(outgoing, { status: way, headers: [], body: Buffer.alloc(0) });
		if (typeof way === 'object') return send(outgoing, way);
		if (way !== 'pass') return send(outgoing, forge(way, exchange));
		const answer = await new Promise<HttpAnswer>((resolve, reject) => {
			const { hostname, port } = upstream;
			const outbound = request({ hostname, port, path, method, headers: incoming.headers }, (response) => {
				read(response).then((body) => resolve({ status: response.statusCode ?? 502, headers: response.rawHeaders, body }), reject);
			});
			outbound.on('error', reject);
			// Who has hung up waits for nothing any more: left open, a request that hangs would count as under way for ever.
			outgoing.once('close', () => outbound.destroy());
			outbound.end(body);
		});
		const heard = gate.after(exchange, { status: answer.status, body: answer.body.toString('latin1') });
		if (heard === 'lose') return void incoming.socket.destroy();
		send(outgoing, heard === 'pass' ? answer : forge(heard, exchange, answer));
	} catch {
		// The worker or the service has gone in the middle: for the other side that is a reset, as it would be without a proxy.
		incoming.socket.destroy();
	}
}

function send(outgoing: ServerResponse, { status, headers, body }: HttpAnswer): void {
	const kept: string[] = [];
	for (let index = 0; index < headers.length; index += 2)
		if (!/^(transfer-encoding|connection|keep-alive|content-length)$/i.test(headers[index] ?? ''))
			kept.push(headers[index] ?? '', headers[index + 1] ?? '');
	outgoing.writeHead(status, status === 204 ? kept : [...kept, 'content-length', String(body.length)]);
	outgoing.end(body);
}
