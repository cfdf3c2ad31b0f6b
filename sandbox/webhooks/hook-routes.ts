import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '../../shared/basics/time.ts';
import type { Refusal } from '../refusal.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { isWebToLead, salesforceException } from './formats/form.ts';
import type { Messages } from './messages.ts';
import type { HookAnswer, HookRequest } from './stand-in.ts';
import { isHookFormat, standIns } from './stand-ins.ts';

/** No service takes more. */
const mostBytes = 1_000_000;

const hookPath = /^\/hooks\/([a-z]+)\/([A-Za-z\d_-]{1,64})(?:\/.*)?$/;

/** Format and name of the hook in a path: `slack` and `sales` in `/hooks/slack/sales`; undefined where there is none. */
export function hookIn(path: string) {
	const [, format = '', hook = ''] = hookPath.exec(path) ?? [];
	return isHookFormat(format) ? { format, hook } : undefined;
}

/** A refusal as the hook's service words it. */
export function toHookAnswer(c: Context, refusal: Refusal): Response {
	const found = hookIn(c.req.path);
	if (!found) return c.text(refusal.message || `Error ${refusal.status}`, refusal.status as ContentfulStatusCode);
	const answer = standIns[found.format].toAnswer(refusal);
	return respond({ ...answer, headers: { ...answer.headers, ...refusal.headers } });
}

/** Where a fault wants it, Salesforce says 200 and that nothing was made. */
export const refuseAsSalesforce: MiddlewareHandler<SandboxEnv> = async (c, next) =>
	c.get('environment')?.kind === 'exception' && isWebToLead(c.req) ? toHookAnswer(c, salesforceException) : next();

const respond = ({ status, headers = {}, body }: HookAnswer) => new Response(body ?? null, { status, headers });

interface Hooks {
	messages: Pick<Messages, 'take'>;
	/** The keys with which requests to a hook may be signed. */
	keysOf: (hook: string) => Buffer[];
	/** Fields that the form of a hook has besides the usual ones. */
	fieldsOf: (hook: string) => string[];
	clock: Clock;
}

/**
 * `POST /hooks/FORMAT/NAME`: what the service of that format would do with it. There are as many names as anyone likes. What stands behind the name is as it
 * likes, too, but `/servlet/servlet.WebToLead` behind a `form` makes it Salesforce's.
 */
export const hookRoutes = ({ messages, keysOf, fieldsOf, clock }: Hooks) =>
	new Hono<SandboxEnv>().all('/hooks/*', async (c) => {
		const { path } = c.req;
		const found = hookIn(path);
		if (!found)
			return c.text(`There is no such hook: POST to /hooks/FORMAT/NAME, the format one of ${Object.keys(standIns).join(', ')}.`, 404);
		if (c.req.method !== 'POST') return toHookAnswer(c, { status: 405, code: 'method_not_allowed', message: 'Only POST is taken.' });
		const standIn = standIns[found.format];
		const bytes = new Uint8Array(await c.req.arrayBuffer());
		if (bytes.length > mostBytes) return toHookAnswer(c, { status: 413, code: 'too_large', message: 'The request is too long.' });
		const { searchParams } = new URL(c.req.url);
		const request: HookRequest = {
			hook: found.hook,
			path,
			query: searchParams,
			header: (name) => c.req.header(name),
			bytes,
			now: clock(),
			keys: keysOf(found.hook),
			fields: fieldsOf(found.hook),
		};
		const refusal = standIn.refuse(request);
		if (refusal) return toHookAnswer(c, refusal);
		const leadId = c.req.header('x-lead-id');
		const repetitionId = 'repetition' in standIn ? standIn.repetition?.(request) : undefined;
		const { id } = messages.take({
			...found,
			path,
			...(leadId !== undefined && { leadId }),
			...(repetitionId !== undefined && { repetitionId }),
			headers: shownHeaders(c.req.header()),
			body: new TextDecoder().decode(bytes),
		});
		return respond(standIn.accept(id));
	});

const hidden = /^(authorization|cookie|connection|host|accept.*|content-length|transfer-encoding)$/;
const shownHeaders = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => !hidden.test(name)));
