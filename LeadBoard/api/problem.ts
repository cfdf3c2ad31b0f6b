import type { Context } from 'hono';

/** What could not be done, as RFC 9457 has it. */
export const problem = (c: Context, status: 400 | 403 | 404 | 415, title: string, detail: string) =>
	c.json({ type: 'about:blank', title, status, detail }, status, { 'content-type': 'application/problem+json' });

/** The body of a request that must be a JSON object; undefined when it is none. */
export async function readJsonObject(c: Context): Promise<Record<string, unknown> | undefined> {
	const body: unknown = await c.req.json().catch(() => undefined);
	return body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as Record<string, unknown>) : undefined;
}

export const isJson = (c: Context): boolean => /^application\/json(?:;|$)/i.test(c.req.header('content-type') ?? '');
