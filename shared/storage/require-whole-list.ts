import { UnprovenAnswer } from '../basics/unproven-answer.ts';

/**
 * A queue's answer that is a list of messages to its end. To the SDK a page of a proxy is an empty list, and of an answer that was cut off it gives what came:
 * the last message without its text, or with half of it.
 *
 * @throws {UnprovenAnswer}
 */
export function requireWholeList({ _response }: { _response: { bodyAsText: string } }): void {
	if (!/<(?:\/QueueMessagesList|QueueMessagesList\s*\/)>\s*$/.test(_response.bodyAsText ?? ''))
		throw new UnprovenAnswer('storage', 'a whole list of messages');
}
