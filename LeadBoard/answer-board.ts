import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { html } from 'hono/html';
import type { Environment } from '../shared/basics/environment.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { type Log, logTo } from '../shared/basics/log.ts';
import { within } from '../shared/basics/time.ts';
import type { Services } from '../shared/services.ts';
import { isFromOwnPage, mayRead } from './gate/asked-by.ts';
import { judgePrincipal } from './gate/judge-principal.ts';
import { safeHeaders } from './gate/page-headers.ts';

/** For one answer, whatever it takes; milliseconds. */
const answerMs = 60_000;

const readingMethods = ['GET', 'HEAD'];

interface Given {
	services: Services;
	environment: Environment;
}

/** Answers one invocation. Never throws. */
export async function answer(
	{ url, method, headers, body }: HttpRequest,
	context: InvocationContext,
	given: Given,
): Promise<HttpResponseInit> {
	const log = logTo(context);
	try {
		const request = new Request(inSmallLetters(url), {
			method,
			headers: [...headers],
			...(body && { body: body as ReadableStream, duplex: 'half' }),
		});
		const { status, headers: sent, body: page } = await answerBoard(request, { ...given, log });
		return { status, headers: [...sent] as [string, string][], ...(page && { body: page }) };
	} catch (error) {
		log({ event: 'board.failed', level: 'error', code: codeOf(error) });
		const text = 'The board failed. Try again in a minute; if this continues, look for board.failed in the logs.';
		return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body: text };
	}
}

/** The platform leads to a path in any case, and so do pages and ids; queries stay as they are. */
function inSmallLetters(url: string): URL {
	const asked = new URL(url);
	asked.pathname = asked.pathname.toLowerCase();
	return asked;
}

/** Lets in, or refuses with one sentence; only for who is let in the pages are loaded. Every answer bears the headers that keep it safe. */
async function answerBoard(request: Request, { services, environment, log }: Given & { log: Log }): Promise<Response> {
	const judgement = judgePrincipal(request.headers, environment, services.settings);
	if (!judgement.ok) {
		log({ event: 'board.refused', why: judgement.why });
		return refuse(request, 403, judgement.sentence);
	}
	if (![...readingMethods, 'POST'].includes(request.method)) return refuse(request, 405, 'Only GET and POST are allowed here.');
	const isReading = readingMethods.includes(request.method);
	if (isReading ? !mayRead(request.headers, { isPage: !isApi(request) }) : !isFromOwnPage(request.headers)) {
		log({ event: 'board.refused', why: 'foreign request' });
		const what = isReading ? 'Nothing is shown, because another web page asked for it' : 'Nothing was done';
		return refuse(request, 403, `${what}: the request did not come from a page of the board.`, 'The board cannot do that');
	}
	const { boardRoutes } = await import('./board-routes.tsx');
	try {
		const deps = { ...services, person: judgement.person, log };
		return safe(await within(services.deadline(answerMs), async () => boardRoutes.fetch(request, deps)));
	} catch (error) {
		log({ event: 'board.failed', level: 'error', code: codeOf(error) });
		return refuse(request, 503, `The board could not read the journal (${codeOf(error)}). Try again in a minute.`);
	}
}

/** What a route says of its own wins: the policy of a mail, the storing of a file that never changes. */
function safe(answer: Response): Response {
	for (const [name, value] of Object.entries(safeHeaders())) if (!answer.headers.has(name)) answer.headers.set(name, value);
	return answer;
}

const isApi = ({ url }: Request) => new URL(url).pathname.startsWith('/api/');

/** One sentence, as a page or as a problem (RFC 9457). */
function refuse(
	request: Request,
	status: number,
	sentence: string,
	title = status === 403 ? 'The board is closed' : 'The board cannot do that',
): Response {
	const problem = {
		type: 'about:blank',
		title,
		status,
		detail: sentence,
	};
	const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${problem.title}</title><main><h1>${problem.title}</h1><p>${sentence}</p></main></html>`;
	return new Response(isApi(request) ? JSON.stringify(problem) : String(page), {
		status,
		headers: {
			...safeHeaders(),
			'content-type': isApi(request) ? 'application/problem+json' : 'text/html; charset=utf-8',
			...(status === 405 && { allow: 'GET, HEAD, POST' }),
		},
	});
}
