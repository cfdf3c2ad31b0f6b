import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpFunction } from './http-function.ts';

/** A request that has found its function, and may call it. */
export interface HttpCall {
	request: IncomingMessage;
	response: ServerResponse;
	function: HttpFunction;
	parameters: Record<string, string>;
	/** Absolute, as the caller wrote it. */
	url: URL;
	invocationId: string;
}

/** Answers without a body, as the host does when it answers itself. */
export function answerEmpty(response: ServerResponse, status: number): void {
	if (response.headersSent) response.destroy();
	else response.writeHead(status, { 'content-length': 0 }).end();
}
