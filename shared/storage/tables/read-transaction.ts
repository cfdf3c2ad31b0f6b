import { UnprovenAnswer } from '../../basics/failures.ts';
import { readOdataError, readRefusal, StorageError } from '../account/storage-error.ts';
import type { StorageAnswer } from '../account/storage-line.ts';

/** Why a transaction was refused as a whole: the row (its place in the list of actions) exists, is gone, or has changed. */
export interface Refusal {
	row: number;
	why: 'exists' | 'gone' | 'changed';
}

const reasons: Record<number, Refusal['why']> = { 404: 'gone', 409: 'exists', 412: 'changed' };

/**
 * What became of a transaction: `undefined`, it was committed: each action has a part of the answer that says 2xx, there are no other parts, and the answer
 * came to its end. A refusal is one part, in which storage names the row at the start of its message.
 * https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions#sample-response
 *
 * @throws {StorageError} when it was refused for another reason
 * @throws {UnprovenAnswer} when the answer has the status of a success, and proves nothing
 */
export function readTransaction(answer: StorageAnswer, actions: number): Refusal | undefined {
	if (answer.status < 200 || answer.status > 299) throw readRefusal(answer);
	const statuses = readParts(answer.text);
	const [only] = statuses ?? [];
	if (statuses?.length === 1 && only && only.status >= 400) return readRefused(only, actions);
	if (statuses?.length === actions && statuses.every(({ status }) => status >= 200 && status < 300)) return undefined;
	throw unproven();
}

const unproven = () => new UnprovenAnswer('storage', 'one success for each part of the transaction');

function readRefused({ status, body }: ReadPart, actions: number): Refusal {
	const error = readOdataError(body);
	if (!error) throw unproven();
	const { code, message } = error;
	const row = Number(/^(\d{1,3}):/.exec(message)?.[1] ?? Number.NaN);
	const why = code === 'TableNotFound' ? undefined : reasons[status];
	if (why && row < actions) return { row, why };
	throw new StorageError(message, { statusCode: status, code, ...(row < actions && { row }) });
}

interface ReadPart {
	status: number;
	body: string;
}

/** The answers within an answer; undefined when it is none, or has no end. */
function readParts(text: string): ReadPart[] | undefined {
	const [outer, ...others] = split(text) ?? [];
	if (outer === undefined || others.length > 0) return undefined;
	const isSet = /^content-type:\s*multipart\/mixed/im.test(headOf(outer));
	const read = (isSet ? split(bodyOf(outer)) : [outer])?.map(readPart);
	if (!read?.every((part) => part !== undefined)) return undefined;
	// A part that is none of a set can only be a refusal, of a service that has not looked at the actions.
	return isSet || (read[0]?.status ?? 0) >= 400 ? read : undefined;
}

/** What stands between the lines of a boundary, which is told by the first of them. */
function split(text: string): string[] | undefined {
	const [first = '', boundary] = /^\s*(--[\w.+-]{1,80})[ \t]*\r?\n/.exec(text) ?? [];
	if (!boundary) return undefined;
	const parts: string[] = [];
	let from = first.length;
	for (;;) {
		const at = text.indexOf(`\n${boundary}`, from - 1);
		if (at < 0) return undefined;
		parts.push(text.slice(from, at));
		const end = at + 1 + boundary.length;
		const rest = text.slice(end, end + 2);
		if (rest === '--') return /^\s*$/.test(text.slice(end + 2)) ? parts : undefined;
		const line = text.indexOf('\n', end);
		if (line < 0 || text.slice(end, line).trim() !== '') return undefined;
		from = line + 1;
	}
}

/** `Content-Type: application/http`, and in it a status, headers and a body. */
function readPart(part: string): ReadPart | undefined {
	if (!/^content-type:\s*application\/http/im.test(headOf(part))) return undefined;
	const inner = bodyOf(part);
	const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r?\n)/.exec(inner) ?? [];
	return status ? { status: Number(status), body: bodyOf(inner) } : undefined;
}

const empty = /\r?\n\r?\n/;
const headOf = (text: string) => text.slice(0, empty.exec(text)?.index ?? text.length);

function bodyOf(text: string): string {
	const found = empty.exec(text);
	return found ? text.slice(found.index + found[0].length) : '';
}
