import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerEmpty } from './http-call.ts';
import { newInvocationId } from './invoke.ts';

/** Starts a function that is not triggered by HTTP, with the input of its trigger. */
export type StartFunction = (functionName: string, invocationId: string, input: string | undefined) => 'started' | 'unknown';

/**
 * `POST /admin/functions/{name}` with `{ "input": … }` runs a function now: 202 before it has ended
 * (https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http). Tells, beyond what the host does, the invocation's id.
 */
export async function answerAdmin(path: string, request: IncomingMessage, response: ServerResponse, start: StartFunction): Promise<void> {
	const name = /^\/admin\/functions\/([\w-]+)\/?$/i.exec(path)?.[1];
	if (name === undefined || request.method !== 'POST') return answerEmpty(response, 404);
	const input = readInput(await text(request));
	if (!input.ok) return answerEmpty(response, 400);
	const invocationId = newInvocationId();
	if (start(name, invocationId, input.value) === 'unknown') return answerEmpty(response, 404);
	response.setHeader('x-ms-invocation-id', invocationId);
	answerEmpty(response, 202);
}

function readInput(body: string): { ok: true; value: string | undefined } | { ok: false } {
	if (!body.trim()) return { ok: false };
	try {
		const { input } = JSON.parse(body) as { input?: unknown };
		return {
			ok: true,
			value: input === undefined || input === null || typeof input === 'string' ? (input ?? undefined) : JSON.stringify(input),
		};
	} catch {
		return { ok: false };
	}
}
