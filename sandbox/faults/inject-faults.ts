import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { Refusal } from '../refusal.ts';
import type { SandboxEnv, ServiceName } from '../sandbox-env.ts';
import type { AnswerFault } from './fault.ts';
import type { FaultBoard } from './fault-board.ts';
import { usualRefusal } from './usual-refusal.ts';

interface Injection {
	board: FaultBoard;
	service: ServiceName;
	pause: (ms: number) => Promise<void>;
	/** A refusal in the service's own form. */
	toAnswer: (c: Context, refusal: Refusal) => Response;
}

/** Does to a request what the fault board says, before the service sees it. */
export const injectFaults =
	({ board, service, pause, toAnswer }: Injection): MiddlewareHandler<SandboxEnv> =>
	async (c, next) => {
		const fault = board.draw(service);
		if (!fault) return next();
		switch (fault.kind) {
			case 'slow':
				await pause(fault.seconds * 1000);
				return next();
			case 'secured':
			case 'lacks':
			case 'disabledUser':
			case 'dates':
				c.set('environment', fault);
				return next();
			case 'status':
				return answerFault(c, fault, service, toAnswer);
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
