import { printableLine } from '../leads/printable.ts';
import { describeAnswer } from './describe-answer.ts';
import type { Sample } from './samples.ts';

export interface PostDeps {
	fetch: typeof fetch;
	/** Takes one line. */
	print: (line: string) => void;
	/** Milliseconds for one POST. */
	timeoutMs: number;
}

/** Why no answer came, with what to do; `fetch` hides it in the cause. */
function describeFailure(error: unknown, origin: string, timeoutMs: number): string {
	const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
	if (cause?.code === 'ECONNREFUSED') return `Nothing listens at ${origin}. Is \`npm start\` running?`;
	if (name === 'TimeoutError') return `No answer from ${origin} within ${timeoutMs / 1000} s.`;
	return `No answer from ${origin}: ${cause?.code ?? cause?.message ?? message}`;
}

/**
 * Posts one sample after the other and prints a line for each: name, status, what was answered. Stops when there is no answer at all.
 *
 * @returns Whether each was answered 2xx.
 */
export async function postLeads(url: string, samples: Iterable<Sample>, { fetch, print, timeoutMs }: PostDeps): Promise<boolean> {
	let allTaken = true;
	for (const { name, body } of samples) {
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
				redirect: 'manual',
				signal: AbortSignal.timeout(timeoutMs),
			});
			print(`${name.padEnd(28)} ${response.status} ${printableLine(describeAnswer(response.status, await response.text()))}`);
			allTaken &&= response.ok;
		} catch (error) {
			print(`${name.padEnd(28)} ${describeFailure(error, new URL(url).origin, timeoutMs)}`);
			return false;
		}
	}
	return allTaken;
}
