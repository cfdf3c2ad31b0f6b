import { buffer } from 'node:stream/consumers';
import type { RpcHttpCookie, RpcHttpData } from './core-api.ts';
import type { RunFunction } from './create-runner.ts';
import { endToEnd } from './hop-by-hop.ts';
import { answerEmpty, type HttpCall } from './http-call.ts';

/**
 * Without HTTP streaming: the request goes to the function in one message, and the answer comes back in one. As in the host, a body that has no
 * Content-Length arrives empty (https://github.com/Azure/azure-functions-host/issues/4926).
 */
export async function answerByMessage(call: HttpCall, run: RunFunction): Promise<void> {
	const { request, response, invocationId, url } = call;
	const bytes = await buffer(request);
	const http: RpcHttpData = {
		method: request.method ?? 'GET',
		url: url.href,
		nullableHeaders: nullable(endToEnd(request.headers)),
		nullableQuery: nullable(Object.fromEntries(url.searchParams)),
		nullableParams: nullable(call.parameters),
		...(request.headers['content-length'] && { body: { bytes } }),
	};
	try {
		const { response: end } = await run(call.function.name, {
			invocationId,
			inputData: [{ name: call.function.bindingName, data: { http } }],
			triggerMetadata: {},
		});
		answer(call, end.returnValue?.http);
	} catch {
		answerEmpty(response, 500); // told by whoever ran it
	}
}

function answer({ response }: HttpCall, http: RpcHttpData | undefined): void {
	if (!http) {
		answerEmpty(response, 204);
		return;
	}
	const body = http.body?.bytes ?? http.body?.string ?? '';
	response.writeHead(Number(http.statusCode), {
		...http.headers,
		...(http.cookies?.length && { 'set-cookie': http.cookies.map(toText) }),
		'content-length': Buffer.byteLength(body),
	});
	response.end(body);
}

const nullable = (values: Record<string, string | string[]>) =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value: Array.isArray(value) ? value.join(', ') : value }]));

function toText({ name, value, domain, path, expires, secure, httpOnly, sameSite, maxAge }: RpcHttpCookie): string {
	return [
		`${name}=${encodeURIComponent(value)}`,
		maxAge && `Max-Age=${maxAge.value}`,
		domain && `Domain=${domain.value}`,
		path && `Path=${path.value}`,
		expires && `Expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
		httpOnly?.value && 'HttpOnly',
		secure?.value && 'Secure',
		sameSite && sameSite !== 'none' && `SameSite=${sameSite === 'explicitNone' ? 'None' : sameSite}`,
	]
		.filter(Boolean)
		.join('; ');
}
