import { type ClientRequest, request } from 'node:http';

/** Sends so many requests up to the middle of their bodies; resolves when all have arrived there. */
export async function holdOpen(count: number, url: string, { method, headers }: { method: string; headers: Record<string, string> }) {
	const open: ClientRequest[] = [];
	for (let index = 0; index < count; index++) {
		const one = request(url, { method, headers: { ...headers, 'transfer-encoding': 'chunked', expect: '100-continue' } });
		open.push(one);
		// The server's "100 Continue" comes when it has the head of the request.
		await new Promise<void>((resolve, reject) => {
			one.once('continue', resolve);
			one.once('error', reject);
			one.flushHeaders();
		});
	}
	return {
		/** Sends the rest; the statuses that were answered. */
		finish: (body: string) =>
			Promise.all(
				open.map(
					(one) =>
						new Promise<number | undefined>((resolve, reject) => {
							one.once('error', reject);
							one.once('response', (response) => {
								response.resume();
								response.once('end', () => resolve(response.statusCode));
							});
							one.end(body);
						}),
				),
			),
	};
}
