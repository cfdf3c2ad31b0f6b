import { Client, type Context, GraphClientError, type Middleware, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Message } from '@microsoft/microsoft-graph-types';
import { within } from '../../basics/time.ts';
import type { AskInit, AskOnce } from '../../delivery/ask-once.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { endOf, type RequestEnd } from '../http/request-end.ts';

export interface MailRequest {
	/** Root of Microsoft Graph without a trailing slash. */
	graphBaseUrl: string;
	/** The mailbox to send from. */
	from: string;
	message: Message;
	/** For tracing at Microsoft: it makes nothing idempotent. */
	clientRequestId: string;
	getToken: GetToken;
	signal: AbortSignal;
	/** Sends it; `fetch` when absent. */
	ask?: AskOnce;
}

/**
 * Sends one mail by one POST, whatever happens: the library's chain is ours, without its handlers for retries (three by default) and redirects.
 *
 * https://learn.microsoft.com/graph/api/user-sendmail
 */
export async function sendMail({
	graphBaseUrl,
	from,
	message,
	clientRequestId,
	getToken,
	signal,
	ask = fetch,
}: MailRequest): Promise<RequestEnd> {
	const end = await endOf({ getToken, scope: `${graphBaseUrl}/.default`, signal }, (token) =>
		Client.initWithMiddleware({ baseUrl: graphBaseUrl, middleware: authenticate(token, sendBy(ask)) })
			.api(`/users/${encodeURIComponent(from)}/sendMail`)
			.responseType(ResponseType.RAW)
			.options({ signal, redirect: 'manual' })
			.header('client-request-id', clientRequestId)
			.post({ message, saveToSentItems: true }),
	);
	return end.stage === 'request' && end.error instanceof GraphClientError ? { ...end, error: end.error.customError } : end;
}

/** Adds the token: the library's own handler leaves it out for plain http, so also for a loopback address. */
function authenticate(token: string, next: Middleware): Middleware {
	return {
		async execute(context) {
			const { headers, ...options } = context.options ?? {};
			context.options = { ...options, headers: { ...(headers as Record<string, string>), authorization: `Bearer ${token}` } };
			try {
				await next.execute(context);
			} catch (error) {
				// As anything else it would be turned into `GraphError -1`, without the cause that tells whether anything was sent.
				throw Object.assign(new GraphClientError(), { customError: error });
			}
		},
	};
}

/** In place of the library's `HTTPMessageHandler`, which knows `fetch` alone. With `RAW`, the library gives back the answer as it is. */
function sendBy(ask: AskOnce): Middleware {
	return {
		async execute(context: Context) {
			context.response = (await ask(context.request as string, context.options as unknown as AskInit)) as Response;
		},
	};
}

/** Runs one after the other; waiting ends with the signal. */
export type TakeTurns = <Result>(run: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/**
 * One at a time: Graph allows four requests at once for a mailbox, whatever the number of instances, and a mailbox sends some thirty mails a minute anyway.
 * More at once only earns refusals. Throws the signal's reason when the turn did not come in time: then nothing was run.
 */
export function takeTurns(): TakeTurns {
	let last: Promise<void> = Promise.resolve();
	return async (run, signal) => {
		const before = last;
		let end: () => void = () => undefined;
		const mine = new Promise<void>((resolve) => {
			end = resolve;
		});
		last = before.then(() => mine);
		try {
			await within(signal, () => before);
			return await run();
		} finally {
			end();
		}
	};
}
