#!/usr/bin/env bash
# A request with a timeout of two seconds waits three hours, because the answer says Retry-After: 3600.
#
# Package   @azure/core-rest-pipeline 1.25.1 (npm), which sends the requests of the Azure clients for JavaScript
# Expected  `timeout: 2000` and `maxRetryDelayInMs: 1000` bound what the caller waits for: an answer that asks for more is handed to him.
# Really    The timeout is that of each try, and the bound only that of the pauses which the client chooses itself. What 429 or 503 asks for is
#           waited for, however long, three times by default. The error comes after that. 429 without the header is not repeated at all.
# Matters   A function that is given ten minutes waits for a lead that it will not deliver, holds its message, and is ended in the middle; a
#           start that reads a setting hangs without a line in the log. Pass an abortSignal, or set maxRetries to 0 and plan the next try.
#
# Seen      (the script lets timers of more than ten seconds go off at once, and tells how long they were)
#           429, Retry-After: 3600: 4 requests, waits of 3600 s, 3600 s, 3600 s, then 429
#           503, Retry-After: 3600: 4 requests, waits of 3600 s, 3600 s, 3600 s, then 503
#           429, no Retry-After: 1 request, no wait, then 429
#           429, Retry-After: 3600, maxRetries 0: 1 request, no wait, then 429
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @azure/core-rest-pipeline@1.25.1 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';

const waits = [];
const { setTimeout } = globalThis;
globalThis.setTimeout = (callback, delay, ...rest) => {
	if (delay <= 10_000) return setTimeout(callback, delay, ...rest);
	waits.push(`${delay / 1000} s`);
	return setTimeout(callback, 0, ...rest);
};
const { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } = await import('@azure/core-rest-pipeline');

let answer;
let requests;
const server = createServer((_, response) => {
	requests += 1;
	response.writeHead(...answer).end('{}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;

async function send(status, headers, label, options) {
	answer = [status, headers];
	requests = 0;
	waits.length = 0;
	const pipeline = createPipelineFromOptions({ retryOptions: { maxRetryDelayInMs: 1000, ...options } });
	const request = createPipelineRequest({ url, method: 'POST', body: '{}', timeout: 2000, allowInsecureConnection: true });
	const response = await pipeline.sendRequest(createDefaultHttpClient(), request);
	const waited = waits.length === 0 ? 'no wait' : `waits of ${waits.join(', ')}`;
	const seen = `${requests} request${requests === 1 ? '' : 's'}, ${waited}, then ${response.status}`;
	console.log(`${status}, ${label}: ${seen}`);
	return seen;
}
const hour = { 'retry-after': '3600' };
assert.equal(await send(429, hour, 'Retry-After: 3600'), '4 requests, waits of 3600 s, 3600 s, 3600 s, then 429');
assert.equal(await send(503, hour, 'Retry-After: 3600'), '4 requests, waits of 3600 s, 3600 s, 3600 s, then 503');
assert.equal(await send(429, {}, 'no Retry-After'), '1 request, no wait, then 429');
assert.equal(await send(429, hour, 'Retry-After: 3600, maxRetries 0', { maxRetries: 0 }), '1 request, no wait, then 429');
server.close();
JS
NO_PROXY=127.0.0.1 node probe.mjs
