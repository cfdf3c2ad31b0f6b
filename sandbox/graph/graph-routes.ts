import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '../../shared/basics/time.ts';
import type { TokenFault, Tokens } from '../identity/tokens.ts';
import type { Refusal } from '../refusal.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { Mailbox } from './mailbox.ts';
import { readSendMailRequest, sameAddress } from './send-mail-request.ts';
import { toMail } from './to-mail.ts';

/** A refusal as Graph words it. */
export function toGraphAnswer(c: Context, { status, code, message, headers }: Refusal) {
	const requestId = randomUUID();
	const innerError = {
		date: new Date().toISOString().slice(0, 19),
		'request-id': requestId,
		'client-request-id': c.req.header('client-request-id') ?? requestId,
	};
	return c.json({ error: { code, message, innerError } }, status as ContentfulStatusCode, { ...headers, 'request-id': requestId });
}

const tokenMessages: Record<TokenFault, string> = {
	absent: 'Access token is empty.',
	malformed: 'IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE Compact Serialization Format.',
	expired: 'Lifetime validation failed, the token is expired.',
	'wrong audience': 'Access token validation failure. Invalid audience.',
};

/** More than four requests at once to one mailbox. */
export const tooManyAtOnce: Refusal = {
	status: 429,
	code: 'ApplicationThrottled',
	message: 'Application is over its MailboxConcurrency limit.',
	headers: { 'retry-after': '1' },
};

/** More than thirty mails a minute from one mailbox. */
export const tooManyMails: Refusal = {
	status: 429,
	code: 'ApplicationThrottled',
	message: 'Application is over its MessageRate limit.',
};

interface Graph {
	tokens: Tokens;
	mailbox: Mailbox;
	/** The addresses that have a mailbox. */
	mailboxes: string[];
	clock: Clock;
}

/** `POST /graph/v1.0/users/{address}/sendMail`; the token's audience is the root, `<origin>/graph`. */
export const graphRoutes = ({ tokens, mailbox, mailboxes, clock }: Graph) =>
	new Hono<SandboxEnv>()
		.use('/graph/*', async (c, next) => {
			const fault = tokens.check(c.req.header('authorization'), `${new URL(c.req.url).origin}/graph`);
			if (!fault) return next();
			return toGraphAnswer(c, { status: 401, code: 'InvalidAuthenticationToken', message: tokenMessages[fault] });
		})
		.post('/graph/v1.0/users/:user/sendMail', async (c) => {
			const user = c.req.param('user');
			const address = mailboxes.find((known) => sameAddress(known, user));
			if (!address) return toGraphAnswer(c, { status: 404, code: 'ErrorInvalidUser', message: `The requested user '${user}' is invalid.` });
			const reading = readSendMailRequest(new Uint8Array(await c.req.arrayBuffer()), {
				contentType: c.req.header('content-type'),
				mailbox: address,
			});
			if (!reading.ok) return toGraphAnswer(c, reading.refusal);
			mailbox.add(toMail(reading.message, address, clock()));
			return c.body(null, 202, { 'request-id': randomUUID() });
		})
		.all('/graph/*', (c) => {
			const segment = c.req.path.split('/').at(-1) ?? '';
			return toGraphAnswer(c, { status: 400, code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` });
		});
