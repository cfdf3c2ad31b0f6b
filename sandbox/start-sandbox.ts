import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createSandbox, type SandboxOptions } from './create-sandbox.ts';

export interface RunningSandbox {
	/** Origin: `http://127.0.0.1:7080`. */
	url: string;
	port: number;
	/** Ends every connection, those that hang too; a second time does nothing. */
	close(): Promise<void>;
}

/** Starts a sandbox on loopback; port 0 picks a free one. Rejects when the port is taken (`EADDRINUSE`). */
export async function startSandbox({
	port,
	host = '127.0.0.1',
	...options
}: SandboxOptions & { port: number; host?: '127.0.0.1' }): Promise<RunningSandbox> {
	// The library would otherwise put its own Request and Response in the place of the global ones.
	const server = createAdaptorServer({ fetch: createSandbox(options).fetch, overrideGlobalObjects: false }) as Server;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const address = server.address() as AddressInfo;
	let closed: Promise<void> | undefined;
	return {
		url: `http://${host}:${address.port}`,
		port: address.port,
		close() {
			closed ??= new Promise((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			});
			return closed;
		},
	};
}
