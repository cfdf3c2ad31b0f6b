import { type IncomingHttpHeaders, type IncomingMessage, request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { AddressRules } from './forbidden-address.ts';
import { forbiddenBy } from './forbidden-address.ts';
import { forbiddenCode, guardedLookup, isForbiddenHost, type LookUpAll } from './guarded-lookup.ts';

/** One request. */
export interface Post {
	/** As the setting has it. */
	url: string;
	headers: Record<string, string>;
	body: Buffer;
	/** Whether the body of a success says something. */
	readsSuccess: boolean;
	rules: AddressRules;
	/** For everything: connection, answer and its body. */
	timeoutMs: number;
	signal: AbortSignal;
	/** Certificates to trust besides the usual ones, and how names are resolved: for tests. */
	trust?: { ca?: string; lookUp?: LookUpAll } | undefined;
}

/** An answer as far as it was read. */
export interface PostAnswer {
	status: number;
	/** First value of each. */
	header: (name: string) => string | undefined;
	/** At most 16 KiB. */
	text: string;
	/** Whether that is all of it (of what was asked for), or it broke off, or was too long. */
	ended: 'whole' | 'broken' | 'long';
}

/** How one request ended. `sent`: the other side may have it. */
export type PostEnd = { stage: 'answer'; answer: PostAnswer } | { stage: 'failed'; code: string; sent: boolean };

/** Bytes of an answer that are read: what an outcome is decided by stands at its beginning. */
export const mostOfAnswer = 16 * 1024;

/**
 * Posts once, over a connection of its own: one that was kept open may end just as it is used, and no one could say whether the lead had arrived. Redirects
 * are not followed. Never throws; what it tells of an error is its code alone, because messages hold addresses.
 */
export async function postOnce(post: Post): Promise<PostEnd> {
	const { timeoutMs, signal } = post;
	const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
	const progress = { sent: false };
	try {
		const message = await ask(post, within, progress);
		return { stage: 'answer', answer: await readAnswer(message, post.readsSuccess) };
	} catch (error) {
		return { stage: 'failed', code: codeIn(within.aborted ? within.reason : error), sent: progress.sent };
	}
}

function ask(
	{ url: written, headers, body, rules, trust = {} }: Post,
	signal: AbortSignal,
	progress: { sent: boolean },
): Promise<IncomingMessage> {
	const url = new URL(written);
	const isForbidden = forbiddenBy(rules);
	if (isForbiddenHost(url, isForbidden)) throw Object.assign(new Error('the address is private'), { code: forbiddenCode });
	const isPlain = url.protocol === 'http:';
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const request = (isPlain ? requestByHttp : requestByHttps)(url, {
			method: 'POST',
			headers: { ...headers, 'content-length': body.length },
			agent: false,
			lookup: guardedLookup(isForbidden, trust.lookUp),
			maxHeaderSize: mostOfAnswer,
			signal,
			...(trust.ca !== undefined && { ca: trust.ca }),
			// As it was written, so that no parser's idea of it is sent.
			path: pathOf(written) ?? `${url.pathname}${url.search}`,
		});
		// Before the connection stands (with TLS: before its handshake is over) nothing of the lead has left.
		const onceConnected = () => {
			progress.sent = true;
		};
		request.once('socket', (socket) => socket.once(isPlain ? 'connect' : 'secureConnect', onceConnected));
		request.once('response', resolve);
		request.once('error', reject);
		// The last that is ever told of a request; an answer 101 that no one asked for ends with it, and without an error.
		request.once('close', () => reject(Object.assign(new Error('there was no answer'), { code: 'NO_ANSWER' })));
		request.end(body);
	});
}

/** The whole path and query of a URL as they were written; undefined when that cannot be sent, as with an `ü`. */
function pathOf(written: string): string | undefined {
	const [, path = ''] = /^https?:\/\/[^/?#\\]+(\/[\x21-\x22\x24-\x7e]*)(?:#|$)/i.exec(written.trim()) ?? [];
	return path === '' || /[\\<>"^`{|}]/.test(path) ? undefined : path;
}

async function readAnswer(message: IncomingMessage, readsSuccess: boolean): Promise<PostAnswer> {
	const { statusCode: status = 0, headers } = message;
	const isSuccess = status >= 200 && status < 300;
	const read = isSuccess && !readsSuccess ? { text: '', ended: 'whole' as const } : await readSome(message);
	// The rest is not wanted, and would hold the connection.
	message.on('error', () => undefined).destroy();
	return { status, header: (name) => firstOf(headers, name), ...read };
}

/** What comes of the body, until it ends, breaks off, is too much, or takes too long. */
async function readSome(message: IncomingMessage): Promise<Pick<PostAnswer, 'text' | 'ended'>> {
	const chunks: Buffer[] = [];
	let left = mostOfAnswer;
	let ended: PostAnswer['ended'] = 'whole';
	try {
		for await (const chunk of message as AsyncIterable<Buffer>) {
			chunks.push(chunk.subarray(0, left));
			left -= chunk.length;
			if (left >= 0) continue;
			ended = 'long';
			break;
		}
	} catch {
		// What came may say enough.
		ended = 'broken';
	}
	const body = Buffer.concat(chunks);
	const encoding = (message.headers['content-encoding'] ?? '').trim().toLowerCase();
	if (encoding === '' || encoding === 'identity' || body.length === 0) return { text: body.toString('utf8'), ended };
	return unpack(body, unpackers[encoding.replace(/^x-/, '')], ended);
}

/** An answer that was packed, as far as it can be read: what no one can read may say anything. */
function unpack(body: Buffer, unpacker: Unpacker | undefined, ended: PostAnswer['ended']): Pick<PostAnswer, 'text' | 'ended'> {
	for (const isWhole of [true, false])
		try {
			const unpacked = unpacker?.(body, isWhole) ?? Buffer.alloc(0);
			const text = unpacked.subarray(0, mostOfAnswer).toString('utf8');
			if (unpacked.length > mostOfAnswer) return { text, ended: 'long' };
			return { text, ended: isWhole && unpacker ? ended : 'broken' };
		} catch {
			// It breaks off, is damaged, or is more than any answer.
		}
	return { text: '', ended: 'broken' };
}

/** An answer is asked for as it is; a proxy on the way may pack it all the same. */
const unpackers: Record<string, Unpacker> = {
	gzip: (body, isWhole) => gunzipSync(body, zlibOptions(isWhole)),
	deflate: (body, isWhole) => inflateSync(body, zlibOptions(isWhole)),
	br: (body, isWhole) =>
		brotliDecompressSync(body, { maxOutputLength, ...(!isWhole && { finishFlush: constants.BROTLI_OPERATION_FLUSH }) }),
};
type Unpacker = (body: Buffer, isWhole: boolean) => Buffer;
/** More than is read of it, so that a long answer is known as one; without an end it would fill the memory. */
const maxOutputLength = 16 * mostOfAnswer;
const zlibOptions = (isWhole: boolean) => ({ maxOutputLength, ...(!isWhole && { finishFlush: constants.Z_SYNC_FLUSH }) });

function firstOf(headers: IncomingHttpHeaders, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** `ECONNREFUSED`, `TimeoutError`: never a message. */
function codeIn(error: unknown): string {
	const { code, name, errors } = (error ?? {}) as { code?: unknown; name?: unknown; errors?: unknown[] };
	if (typeof code === 'string' && /^[A-Z][A-Z\d_]{1,63}$/.test(code)) return code;
	if (Array.isArray(errors) && errors.length > 0) return codeIn(errors.at(-1));
	return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'unknown';
}
