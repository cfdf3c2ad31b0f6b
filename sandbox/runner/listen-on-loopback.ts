import { type ListenOptions, Server } from 'node:net';

type Listen = (this: Server, ...args: unknown[]) => Server;

/**
 * From now on a server of this process that is told no address listens on 127.0.0.1, not on every address: the server that `@azure/functions` 4.16.5 opens for
 * HTTP streaming takes requests without a key, so nobody else in the network may reach it. For the whole process.
 */
export function listenOnLoopback(): void {
	const prototype = Server.prototype as unknown as { listen: Listen };
	const { listen } = prototype;
	prototype.listen = function (...args) {
		return listen.apply(this, withAddress(args));
	};
}

const address = '127.0.0.1';

/** `listen(callback)`, `listen(port, …)` and `listen({ port })`; a path, a handle, or an address that is named stays as it is. */
function withAddress(given: unknown[]): unknown[] {
	const [first, second] = given;
	if (first === undefined || first === null || typeof first === 'function') return [0, address, ...given];
	if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first)))
		return typeof second === 'string' ? given : [first, address, ...given.slice(1)];
	const { port, host, path } = first as ListenOptions;
	return port !== undefined && !host && !path ? [{ ...(first as ListenOptions), host: address }, ...given.slice(1)] : given;
}
