import { UnprovenAnswer } from '../../basics/failures.ts';
import { readRefusal } from '../account/storage-error.ts';
import type { StorageAnswer, StorageCall, StorageLine } from '../account/storage-line.ts';
import { type ListedMessage, readList } from './read-list.ts';

/** By which a message is deleted or hidden for longer: of its latest receipt. */
export interface MessageReceipt {
	messageId: string;
	popReceipt: string;
}

/** A message that is hidden from others for a while. */
export interface Message extends MessageReceipt {
	/** As it was sent: in base64, when it is one of ours or of the Functions host. */
	text: string;
	/** How often it was received, this time included. */
	dequeueCount: number;
}

/** A queue of a storage account. Every call ends with `signal`, and is one request: none is repeated. A queue that is missing is a `StorageError` `QueueNotFound`. */
export interface StorageQueue {
	readonly name: string;
	/** @param options seconds: hidden for, and gone after, at least 1 and never when absent */
	send(text: string, options: { hiddenS?: number; livesS?: number }, signal: AbortSignal): Promise<MessageReceipt>;
	/** Up to 32, each hidden from others for so many seconds. */
	receive(options: { most: number; hiddenS: number }, signal: AbortSignal): Promise<Message[]>;
	/** The texts of up to 32 that can be received, without receiving them. */
	peek(options: { most: number }, signal: AbortSignal): Promise<string[]>;
	/** Hidden from now on for so many seconds. The receipt that it then has is the only one that counts. */
	hide(message: MessageReceipt, hiddenS: number, signal: AbortSignal): Promise<MessageReceipt>;
	remove(message: MessageReceipt, signal: AbortSignal): Promise<void>;
	/** Removes every message. */
	clear(signal: AbortSignal): Promise<void>;
	/** About how many it holds, visible or not. */
	count(signal: AbortSignal): Promise<number>;
	/** Makes the queue. */
	make(signal: AbortSignal): Promise<'was made' | 'was there'>;
}

/** A message is 64 KiB at most; a list of 32 in XML may be six times as long. */
const mostBytes = { list: 16 << 20, status: 64 << 10 };

export function openStorageQueue(line: StorageLine, name: string): StorageQueue {
	async function ask(call: Omit<StorageCall, 'headers' | 'mostBytes'>, success: number[], signal: AbortSignal): Promise<StorageAnswer> {
		const headers = { accept: 'application/xml', ...(call.body !== undefined && { 'content-type': 'application/xml' }) };
		const answer = await line.ask({ ...call, headers, mostBytes: call.method === 'GET' ? mostBytes.list : mostBytes.status }, signal);
		if (success.includes(answer.status)) return answer;
		if (answer.status >= 200 && answer.status < 300) throw new UnprovenAnswer('storage', 'what was asked for');
		throw readRefusal(answer);
	}
	const messages = `/${name}/messages`;
	const place = ({ messageId, popReceipt }: MessageReceipt) => ({
		path: `${messages}/${encodeURIComponent(messageId)}`,
		query: `popreceipt=${encodeURIComponent(popReceipt)}`,
	});

	return {
		name,
		async send(text, { hiddenS = 0, livesS = -1 }, signal) {
			const body = `<QueueMessage><MessageText>${toXml(text)}</MessageText></QueueMessage>`;
			const call = { method: 'POST', path: messages, query: `messagettl=${livesS}&visibilitytimeout=${hiddenS}`, body } as const;
			const [sent, ...others] = readList((await ask(call, [201], signal)).text);
			if (others.length > 0 || !guid.test(sent?.get('MessageId') ?? '')) throw new UnprovenAnswer('storage', 'the id of the message');
			return toReceipt(sent);
		},
		async receive({ most, hiddenS }, signal) {
			const call = { method: 'GET', path: messages, query: `numofmessages=${most}&visibilitytimeout=${hiddenS}` } as const;
			return readList((await ask(call, [200], signal)).text).map((message) => ({
				...toReceipt(message),
				text: textOf(message),
				dequeueCount: Number(message.get('DequeueCount')),
			}));
		},
		async peek({ most }, signal) {
			const call = { method: 'GET', path: messages, query: `numofmessages=${most}&peekonly=true` } as const;
			return readList((await ask(call, [200], signal)).text).map(textOf);
		},
		async hide(message, hiddenS, signal) {
			const { path, query } = place(message);
			const { headers } = await ask({ method: 'PUT', path, query: `${query}&visibilitytimeout=${hiddenS}` }, [204], signal);
			const popReceipt = headers.get('x-ms-popreceipt');
			if (!popReceipt) throw new UnprovenAnswer('storage', 'the receipt of the message');
			return { messageId: message.messageId, popReceipt };
		},
		async remove(message, signal) {
			await ask({ method: 'DELETE', ...place(message) }, [204], signal);
		},
		async clear(signal) {
			await ask({ method: 'DELETE', path: messages }, [204], signal);
		},
		async count(signal) {
			const { headers } = await ask({ method: 'GET', path: `/${name}`, query: 'comp=metadata' }, [200], signal);
			const count = headers.get('x-ms-approximate-messages-count') ?? '';
			if (!/^\d+$/.test(count)) throw new UnprovenAnswer('storage', 'a count of messages');
			return Number(count);
		},
		async make(signal) {
			try {
				const { status } = await ask({ method: 'PUT', path: `/${name}` }, [201, 204], signal);
				return status === 201 ? 'was made' : 'was there';
			} catch (error) {
				if ((error as { code?: string }).code === 'QueueAlreadyExists') return 'was there';
				throw error;
			}
		},
	};
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function toReceipt(message: ListedMessage | undefined): MessageReceipt {
	const messageId = message?.get('MessageId');
	const popReceipt = message?.get('PopReceipt');
	if (!messageId || !popReceipt) throw new UnprovenAnswer('storage', 'the receipt of the message');
	return { messageId, popReceipt };
}

function textOf(message: ListedMessage): string {
	const text = message.get('MessageText');
	if (text === undefined) throw new UnprovenAnswer('storage', 'the text of the message');
	return text;
}

/** What XML 1.0 has no way to write: one such character makes every receive of the queue fail. A CR is written so that it comes back. */
const unwritable = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function toXml(text: string): string {
	if (unwritable.test(text)) throw new TypeError('a message cannot hold control characters: send it in base64');
	return text.replace(/[<>&\r]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#xD;' })[sign] ?? sign);
}
