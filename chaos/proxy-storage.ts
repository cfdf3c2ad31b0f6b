import type { startProxy } from './start-proxy.ts';

const endpointOf = (connectionString: string, service: string) =>
	new RegExp(`${service}Endpoint=(http://[^/;]+)`).exec(connectionString)?.[1] ?? '';

/** The upstreams of a storage account's tables and queues, for `startProxy`. */
export const storageUpstreams = (connectionString: string) => ({
	table: endpointOf(connectionString, 'Table'),
	queue: endpointOf(connectionString, 'Queue'),
});

/** The same account, reached through a proxy in front of these upstreams. */
export function throughProxy(connectionString: string, { url }: Pick<Awaited<ReturnType<typeof startProxy>>, 'url'>): string {
	const { table, queue } = storageUpstreams(connectionString);
	return connectionString.replace(table, url('table')).replace(queue, url('queue'));
}
