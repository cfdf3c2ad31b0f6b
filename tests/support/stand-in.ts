import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request as it came. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What is answered: nothing (`hang`), a broken connection (`reset`), or a status, whose body may stop half-way (`stalls`) or have no end (`endless`). */
export type Reply =
	| 'hang'
	| 'reset'
	| { status: number; headers?: Record<string, string>; body?: string; stalls?: boolean; endless?: boolean };

export interface StandIn {
	/** `http://127.0.0.1:PORT` */
	root: string;
	received: Received[];
	/** Resolves at the next request. */
	asked: () => Promise<void>;
	/** Resolves when an endless answer has been cut off by whoever asked, with how many bytes of it were sent. */
	cutOff: () => Promise<number>;
	/** Resolves when a request that was not answered has been given up. */
	abandoned: () => Promise<void>;
	close: () => void;
}

/** A service on a free loopback port that remembers what it was sent. */
export async function startStandIn(replyTo: (request: Received, count: number) => Reply): Promise<StandIn> {
	const received: Received[] = [];
	let waiting: (() => void)[] = [];
	const cutOffs: Promise<number>[] = [];
	let watching: (() => void)[] = [];
	const server = createServer((incoming, outgoing) => {
		outgoing.once('close', () => {
			if (!outgoing.writableEnded) for (const tell of watching.splice(0)) tell();
		});
		const { method = '', url: path = '', headers } = incoming;
		void text(incoming).then((body) => {
			const request = { method, path, headers, body };
			received.push(request);
			const reply = replyTo(request, received.length);
			if (typeof reply === 'object' && reply.endless) cutOffs.push(sendEndlessly(reply, outgoing));
			else send(reply, outgoing);
			for (const wake of waiting.splice(0)) wake();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		root: `http://127.0.0.1:${port}`,
		received,
		asked: () => new Promise((wake) => void waiting.push(wake)),
		cutOff: async () => (await Promise.all(cutOffs)).reduce((all, bytes) => all + bytes, 0),
		abandoned: () => new Promise((tell) => void watching.push(tell)),
		close: () => {
			waiting = [];
			watching = [];
			server.close();
			server.closeAllConnections();
		},
	};
}

function send(reply: Reply, outgoing: ServerResponse): void {
	if (reply === 'hang') return;
	if (reply === 'reset') return void outgoing.socket?.resetAndDestroy();
	const { status, headers = {}, body = '', stalls = false } = reply;
	outgoing.writeHead(status, stalls ? { ...headers, 'content-length': '1000' } : headers);
	if (stalls) outgoing.write(body || ' ');
	else outgoing.end(body);
}

/** As fast as it is taken, until the connection is closed. */
function sendEndlessly({ status, headers, body = '' }: Exclude<Reply, string>, outgoing: ServerResponse): Promise<number> {
	const piece = Buffer.alloc(64 * 1024, ' ');
	outgoing.writeHead(status, headers);
	let sent = outgoing.write(body) ? Buffer.byteLength(body) : 0;
	const more = () => {
		let taken = true;
		while (taken && !outgoing.destroyed) {
			sent += piece.length;
			taken = outgoing.write(piece);
		}
	};
	outgoing.on('drain', more);
	more();
	return new Promise((resolve) => outgoing.on('close', () => resolve(sent)));
}
