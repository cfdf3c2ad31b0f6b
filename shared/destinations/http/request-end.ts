import { UnprovenAnswer } from '../../basics/failures.ts';
import { within } from '../../basics/time.ts';
import type { HttpAnswer } from '../../delivery/ask-once.ts';
import type { Configuration, Transient } from '../../delivery/outcome.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { type Answer, readAnswer } from './answer.ts';

/** How one request ended: without a token nothing was sent; without an answer it may have been. */
export type RequestEnd = { stage: 'token'; error: unknown } | { stage: 'request'; error: unknown } | { stage: 'answer'; answer: Answer };

/** Gets a token, then makes one request with it. Never throws; ends with `signal`. */
export async function endOf(
	{ getToken, scope, signal }: { getToken: GetToken; scope: string; signal: AbortSignal },
	request: (token: string) => Promise<HttpAnswer>,
): Promise<RequestEnd> {
	let token: string;
	try {
		token = await within(signal, () => getToken(scope, signal));
		signal.throwIfAborted();
	} catch (error) {
		return { stage: 'token', error };
	}
	try {
		return { stage: 'answer', answer: await readAnswer(await request(token)) };
	} catch (error) {
		return { stage: 'request', error };
	}
}

/** The outcome when a service could not be reached, or did not answer. It works again by itself, unless its certificate is not to be trusted. */
export function toNoAnswerOutcome(error: unknown, service: string, setting: string): Transient | Configuration {
	const code = causeCode(error);
	const reason = error instanceof UnprovenAnswer ? error.message : `${service} did not answer: ${causeMessage(error)}`;
	const failed = { code, reason };
	if (!/CERT|ERR_TLS|SELF_SIGNED/.test(code)) return { kind: 'transient', ...failed };
	const remedy = `Check that ${setting} is right and that nothing between the app and ${service} replaces its certificate.`;
	return { kind: 'configuration', ...failed, remedy, names: [setting] };
}

/** The code of the innermost cause that has one (`fetch failed` says nothing, its cause says `ECONNREFUSED`), otherwise the error's name. For logs. */
export function causeCode(error: unknown): string {
	const chain = [...causes(error)];
	const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string' && /^[A-Z][A-Z\d_]{1,63}$/.test(code));
	return String(codes.at(-1) ?? chain[0]?.name ?? 'unknown');
}

/** What an error and its causes say, for the journal. */
export function causeMessage(error: unknown): string {
	const messages = [...causes(error)].map(({ message }) => message).filter((message) => typeof message === 'string' && message !== '');
	return messages.join(': ') || String(error);
}

/** The error and its causes, outermost first. Of several addresses that failed the last one stands for all. */
export function* causes(error: unknown): Generator<Record<string, unknown>> {
	const seen = new Set<unknown>();
	for (let cause = error; typeof cause === 'object' && cause !== null && !seen.has(cause); ) {
		seen.add(cause);
		const current = cause as Record<string, unknown>;
		yield current;
		cause = current.cause ?? (Array.isArray(current.errors) ? current.errors.at(-1) : undefined);
	}
}
