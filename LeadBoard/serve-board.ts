import type { HttpHandler } from '@azure/functions';
import type { Environment } from '../shared/basics/environment.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { logTo } from '../shared/basics/log.ts';
import type { Services } from '../shared/services.ts';

/**
 * The operators' board: `/board` and `/api/board`. Loaded when someone asks for it: the intake beside it starts without. Always answers, as the intake does.
 */
export const serveBoard =
	(services: Services, environment: Environment): HttpHandler =>
	async ({ url, method, headers, body }, context) => {
		const log = logTo(context);
		try {
			const { answerBoard } = await import('./answer-board.ts');
			const request = new Request(url, { method, headers: [...headers], ...(body && { body: body as ReadableStream, duplex: 'half' }) });
			const answer = await answerBoard(request, { services, environment, log });
			return { status: answer.status, headers: [...answer.headers] as [string, string][], ...(answer.body && { body: answer.body }) };
		} catch (error) {
			log({ event: 'board.failed', level: 'error', code: codeOf(error) });
			const text = 'The board failed. Try again in a minute; if this continues, look for board.failed in the logs.';
			return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body: text };
		}
	};
