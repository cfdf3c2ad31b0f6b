import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../refusal.ts';
import type { SandboxEnv, ServiceName } from '../sandbox-env.ts';
import type { AnswerFault } from './fault.ts';
import type { FaultBoard } from './fault-board.ts';
import { usualRefusal } from './usual-refusal.ts';

interface Injection {
	board: FaultBoard;
	service: ServiceName;
	/** The hook that is asked, where a service has several. */
	hookOf?: (c: Context) => string | undefined;
	pause: (ms: number) => Promise<void>;
	/** A refusal in the service's own form. */
	toAnswer: (c: Context, refusal: Refusal) => Response;
}

/** Does to a request what the fault board says, before the service sees it. */
export const injectFaults =
	({ board, service, hookOf, pause, toAnswer }: Injection): MiddlewareHandler<SandboxEnv> =>
	async (c, next) => {
		const fault = board.draw(service, hookOf?.(c));
		if (!fault) return next();
		switch (fault.kind) {
			case 'slow':
				await pause(fault.seconds * 1000);
				return next();
			case 'secured':
			case 'lacks':
			case 'disabledUser':
			case 'dates':
			case 'exception':
				c.set('environment', fault);
				return next();
			case 'status':
				return answerFault(c, fault, service, toAnswer);
			case 'redirect':
				return c.body(null, fault.status as StatusCode, { location: `${new URL(c.req.url).origin}/hooks/json/redirected` });
			case 'cut':
			case 'endless':
				await next();
				c.set('fault', fault.kind);
				await answerOddly(c, fault.kind);
				return;
			case 'hang':
				c.set('fault', fault.kind);
				return RESPONSE_ALREADY_SENT;
			case 'lostAnswer':
				await next();
				break;
			case 'reset':
				break;
		}
		c.set('fault', fault.kind);
		c.env.incoming.socket.resetAndDestroy();
		c.res = RESPONSE_ALREADY_SENT;
	};

function answerFault(c: Context<SandboxEnv>, fault: AnswerFault, service: ServiceName, toAnswer: Injection['toAnswer']): Response {
	const headers = { ...(fault.retryAfterSeconds !== undefined && { 'retry-after': String(fault.retryAfterSeconds) }) };
	if (fault.body === undefined) return toAnswer(c, { ...usualRefusal(service, fault.status, fault.code), headers });
	return new Response(fault.body, { status: fault.status, headers: { ...headers, 'content-type': contentTypeOf(fault.body) } });
}

const contentTypeOf = (body: string) => (/^\s*[{[]/.test(body) ? 'application/json' : /^\s*</.test(body) ? 'text/html' : 'text/plain');

/** Begins the answer that there is, and breaks off, or goes on with blanks until the sender leaves. */
async function answerOddly(c: Context<SandboxEnv>, kind: 'cut' | 'endless'): Promise<void> {
	const answer = c.res;
	const { outgoing, incoming } = c.env;
	const text = await answer.text();
	c.res = RESPONSE_ALREADY_SENT;
	const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-length'));
	outgoing.writeHead(answer.status, { ...headers, ...(kind === 'cut' && { 'content-length': text.length + 1000 }) });
	if (kind === 'cut') outgoing.write(text.slice(0, Math.ceil(text.length / 2)) || ' ', () => incoming.socket.destroy());
	else {
		const blanks = ' '.repeat(1024);
		const goOn = () => {
			while (!outgoing.closed && outgoing.write(blanks));
		};
		outgoing.on('drain', goOn).on('error', () => undefined);
		outgoing.write(text);
		goOn();
	}
}
