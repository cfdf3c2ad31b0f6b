import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAdmin, type StartFunction } from './answer-admin.ts';
import { answerByMessage } from './answer-by-message.ts';
import { answerByStream } from './answer-by-stream.ts';
import { isAuthorized, keyOfRequest } from './authorize.ts';
import type { RunFunction } from './create-runner.ts';
import { type FunctionKeys, levelOfKey } from './function-keys.ts';
import { answerEmpty, type HttpCall } from './http-call.ts';
import type { HttpFunction } from './http-function.ts';
import { newInvocationId } from './invoke.ts';
import { matchRoute } from './route.ts';
import { type SignIn, signRequestIn } from './sign-in.ts';

export interface HttpFrontOptions {
	/** 0 picks a free one. */
	port: number;
	functions: HttpFunction[];
	keys: FunctionKeys;
	/** Where the library listens when HTTP streaming is on. */
	library: URL | undefined;
	run: RunFunction;
	start: StartFunction;
	/** Who is taken for signed in; absent: sign-in is off. */
	signIn?: SignIn;
	/** A request that could not be answered: an error of this runner. */
	onError: (error: unknown) => void;
	/** A function ended without an answer, and its caller waits for nothing, for so many milliseconds. */
	onUnanswered: (functionName: string, why: string) => void;
	unansweredMs: number;
}

export interface HttpFront {
	port: number;
	/** Takes no more requests; resolves when those that came are answered. */
	stop: () => Promise<void>;
}

/** How long the rest of a body is read after its request has been answered; then the connection is closed. As the host's own server does. */
const drainMs = 5000;

/**
 * The host's web server, on 127.0.0.1 only: route, then method, then key, then the function. What it answers itself has an empty body: 404 for a path or
 * method that no function has, 401 without the right key.
 */
export async function openHttpFront(options: HttpFrontOptions): Promise<HttpFront> {
	const functions = options.functions.toSorted((one, other) =>
		one.route.rank < other.route.rank ? -1 : one.route.rank > other.route.rank ? 1 : 0,
	);
	let stopping = false;
	const open = new Set<ServerResponse>();
	const leaveOpen = ({ response, function: { name } }: HttpCall, why: string) => {
		options.onUnanswered(name, why);
		open.add(response);
		const timer = setTimeout(() => response.destroy(), options.unansweredMs);
		response.on('close', () => {
			clearTimeout(timer);
			open.delete(response);
		});
	};
	const server = createServer((request, response) => {
		response.on('finish', () => drain(request));
		response.on('close', () => stopping && server.closeIdleConnections());
		answer(request, response, { ...options, functions, leaveOpen }).catch((error) => {
			options.onError(error);
			answerEmpty(response, 500);
		});
	});
	server.keepAliveTimeout = 130_000; // as the host's own server
	await listen(server, options.port);
	return {
		port: (server.address() as AddressInfo).port,
		stop: () =>
			new Promise((resolve) => {
				stopping = true;
				for (const response of open) response.destroy();
				server.close(() => resolve());
				server.closeIdleConnections();
			}),
	};
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	{ functions, keys, library, run, start, signIn, leaveOpen }: HttpFrontOptions & { leaveOpen: (call: HttpCall, why: string) => void },
): Promise<void> {
	if (signIn) signRequestIn(request.headers, signIn);
	const target = request.url ?? '';
	const address = target.startsWith('/') ? `http://${request.headers.host ?? '127.0.0.1'}${target}` : target;
	const url = parseUrl(address);
	if (!url) return answerEmpty(response, 400);
	const key = keyOfRequest(request.headers, url.searchParams);
	if (/^\/admin(\/|$)/i.test(url.pathname)) {
		if (levelOfKey(keys, key) !== 'admin') return answerEmpty(response, 401);
		return answerAdmin(url.pathname, request, response, start);
	}
	for (const candidate of functions) {
		const parameters = matchRoute(candidate.route, url.pathname);
		if (!parameters || !candidate.methods.includes(request.method ?? '')) continue;
		if (!isAuthorized(keys, candidate.authLevel, key, candidate.name)) return answerEmpty(response, 401);
		const call = { request, response, function: candidate, parameters, url, invocationId: newInvocationId() };
		return library ? answerByStream(call, { library, run, leaveOpen }) : answerByMessage(call, run);
	}
	answerEmpty(response, 404);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function drain(request: IncomingMessage): void {
	if (request.complete) return;
	request.unpipe();
	request.resume();
	const closing = setTimeout(() => request.destroy(), drainMs).unref();
	request.once('close', () => clearTimeout(closing));
}

const listen = (server: Server, port: number) =>
	new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
