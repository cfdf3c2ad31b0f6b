import { UnprovenAnswer } from '../../basics/failures.ts';

/** A message as the service lists it: the text of each element within it, by name. */
export type ListedMessage = Map<string, string>;

/**
 * The messages of an answer that is a list of them to its end. The service writes so little XML that this reads no more: elements without attributes, text with
 * its entities, and nothing else. What has any other form was not written by it: the page of a proxy, half of an answer.
 *
 * @throws {UnprovenAnswer} for any other text
 */
export function readList(xml: string): ListedMessage[] {
	const messages: ListedMessage[] = [];
	let at = 0;
	const take = (pattern: RegExp): string | undefined => {
		pattern.lastIndex = at;
		const [whole, name = ''] = pattern.exec(xml) ?? [];
		if (whole === undefined) return undefined;
		at += whole.length;
		return name;
	};
	const require = (pattern: RegExp): string => take(pattern) ?? refuse();

	take(declaration);
	if (take(emptyList) === undefined) {
		require(listBegins);
		while (take(listEnds) === undefined) {
			require(messageBegins);
			const message: ListedMessage = new Map();
			while (take(messageEnds) === undefined) {
				let value = '';
				let name = take(emptyElement);
				if (name === undefined) {
					name = require(elementBegins);
					value = toText(require(characters));
					if (require(elementEnds) !== name) refuse();
				}
				if (message.has(name)) refuse();
				message.set(name, value);
			}
			messages.push(message);
		}
	}
	require(end);
	return messages;
}

function refuse(): never {
	throw new UnprovenAnswer('storage', 'a whole list of messages');
}

const declaration = /\uFEFF?(?:<\?xml version="1\.\d"(?: encoding="[\w-]+")?(?: standalone="(?:yes|no)")? ?\?>)?/y;
const emptyList = /\s*<QueueMessagesList\s*\/>/y;
const listBegins = /\s*<QueueMessagesList\s*>/y;
const listEnds = /\s*<\/QueueMessagesList\s*>/y;
const messageBegins = /\s*<QueueMessage\s*>/y;
const messageEnds = /\s*<\/QueueMessage\s*>/y;
const emptyElement = /\s*<([A-Za-z]+)\s*\/>/y;
const elementBegins = /\s*<([A-Za-z]+)\s*>/y;
const elementEnds = /<\/([A-Za-z]+)\s*>/y;
const characters = /([^<]*)/y;
const end = /\s*$/y;

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Lines end in LF, as XML 1.0 demands (2.11); a CR that was meant is written `&#xD;`. */
function toText(raw: string): string {
	const text = raw.replace(/\r\n?/g, '\n');
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#x([0-9a-f]{1,6});|#(\d{1,7});|(\w+);)?/gi, (_, hex, digits, name) => {
		if (name) return entities[name] ?? refuse();
		const code = hex ? Number.parseInt(hex, 16) : Number(digits ?? Number.NaN);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : refuse();
	});
}
