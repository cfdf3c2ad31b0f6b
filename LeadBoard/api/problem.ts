import type { Context } from 'hono';

/** What could not be done, as RFC 9457 has it. */
export const problem = (c: Context, status: 400 | 403 | 404 | 409 | 413 | 415, title: string, detail: string) =>
	c.json({ type: 'about:blank', title, status, detail }, status, { 'content-type': 'application/problem+json' });

/** The body of a request that must be a JSON object in UTF-8; why not, as a problem with this title, when it is none. */
export async function readJsonObject(c: Context, title: string): Promise<Record<string, unknown> | Response> {
	if (!/^application\/json\s*(?:;|$)/i.test(c.req.header('content-type') ?? ''))
		return problem(c, 415, title, 'Send JSON, with the content type application/json.');
	const body: unknown = await c.req.json().catch(() => undefined);
	return body !== null && typeof body === 'object' && !Array.isArray(body)
		? (body as Record<string, unknown>)
		: problem(c, 400, title, 'The body is not a JSON object.');
}

/** The fields of a form; none when it cannot be read, as one in parts without a boundary. A field that is there several times is a list. */
export const readForm = (c: Context): Promise<Record<string, unknown>> => c.req.parseBody({ all: true }).catch(() => ({}));
