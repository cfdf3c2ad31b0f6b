import { within } from '../../basics/time.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { type Answer, readAnswer } from './answer.ts';

/** How one request ended: without a token nothing was sent; without an answer it may have been. */
export type RequestEnd = { stage: 'token'; error: unknown } | { stage: 'request'; error: unknown } | { stage: 'answer'; answer: Answer };

/** Gets a token, then makes one request with it. Never throws; ends with `signal`. */
export async function endOf(
	{ getToken, scope, signal }: { getToken: GetToken; scope: string; signal: AbortSignal },
	request: (token: string) => Promise<Response>,
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
