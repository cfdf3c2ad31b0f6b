import { UnprovenAnswer } from '../basics/unproven-answer.ts';

export interface RawResponse {
	status: number;
	parsedBody?: unknown;
}

/**
 * A table's answer to a question, as the SDK gives it to `onResponse`, with a body that is right. To the SDK itself a success without a body, or with the page
 * of a proxy, is an entity without columns and a list without rows.
 *
 * @throws {UnprovenAnswer}
 */
export function requireBody({ status, parsedBody }: RawResponse, isRight: (body: Record<string, unknown>) => boolean): void {
	const isObject = typeof parsedBody === 'object' && parsedBody !== null;
	if (status === 200 && !(isObject && isRight(parsedBody as Record<string, unknown>)))
		throw new UnprovenAnswer('storage', 'what was asked for');
}
