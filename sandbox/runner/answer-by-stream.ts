import { Agent, request as openRequest } from 'node:http';
import { pipeline } from 'node:stream';
import type { RpcTypedData } from './core-api.ts';
import type { RunFunction } from './create-runner.ts';
import { endToEnd } from './hop-by-hop.ts';
import { answerEmpty, type HttpCall } from './http-call.ts';

// Idle connections go before the library's server closes them, after 5 seconds: a request that just misses it would be lost.
const agent = new Agent({ keepAlive: true, timeout: 4000 });

interface StreamDeps {
	/** Where the library listens. */
	library: URL;
	run: RunFunction;
	/** For a function that ended without an answer: the library then gives none, and neither does the host. */
	leaveOpen: (call: HttpCall, why: string) => void;
}

/**
 * HTTP streaming, as the host does it: the raw request goes to the server that the library has opened, the invocation is sent beside it with an empty input,
 * and the answer comes from that server. Outputs of the function come later, if at all.
 */
export async function answerByStream(call: HttpCall, { library, run, leaveOpen }: StreamDeps): Promise<void> {
	const { request, response, invocationId, url } = call;
	const outgoing = openRequest({
		agent,
		host: '127.0.0.1', // `localhost` would have to be looked up
		port: library.port,
		method: request.method,
		path: `${url.pathname}${url.search}`,
		headers: {
			...endToEnd(request.headers),
			'x-ms-invocation-id': invocationId,
			'x-forwarded-host': url.host,
			'x-forwarded-proto': 'http',
		},
	});
	const forwarded = new Promise<void>((resolve, reject) => {
		outgoing.on('response', (incoming) => {
			response.writeHead(incoming.statusCode ?? 500, endToEnd(incoming.headers));
			pipeline(incoming, response, (error) => (error ? reject(error) : resolve()));
		});
		outgoing.on('error', reject);
		outgoing.on('close', () => reject(new Error('the library closed the connection without an answer')));
	});
	forwarded.catch(() => undefined); // awaited below, if the function gave an answer at all
	response.on('close', () => outgoing.destroy()); // the caller has its answer, or is gone
	request.pipe(outgoing);
	// With what is there of the body in one write. They would wait for its first byte, which may never come.
	setImmediate(() => outgoing.headersSent || outgoing.flushHeaders());

	const metadata: Record<string, RpcTypedData> = {
		Headers: { json: JSON.stringify(toText(request.headers)) },
		Query: { json: queryText(url) },
	};
	for (const [name, value] of Object.entries(call.parameters)) metadata[name] = { string: value };
	try {
		const { result } = await run(call.function.name, {
			invocationId,
			inputData: [{ name: call.function.bindingName, data: {} }],
			triggerMetadata: metadata,
		});
		if (result === undefined || result === null) leaveOpen(call, 'it returned nothing');
		else await forwarded.catch(() => answerEmpty(response, 502));
	} catch {
		leaveOpen(call, 'it failed'); // told by whoever ran it
	}
}

const toText = (headers: NodeJS.Dict<string | string[]>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));

const queryText = (url: URL) => JSON.stringify(Object.fromEntries(url.searchParams));
