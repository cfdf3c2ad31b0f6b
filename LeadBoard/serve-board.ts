import type { HttpHandler } from '@azure/functions';
import type { Environment } from '../shared/basics/environment.ts';
import type { Services } from '../shared/services.ts';

/**
 * The operators' board: `/board` and `/api/board`. Loaded when someone asks for it: the intake beside it starts without. Always answers, as the intake does.
 */
export const serveBoard =
	(services: Services, environment: Environment): HttpHandler =>
	async (request, context) =>
		(await import('./answer-board.ts')).answer(request, context, { services, environment });
