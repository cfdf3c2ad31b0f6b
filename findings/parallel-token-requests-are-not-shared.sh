#!/usr/bin/env bash
# Ten callers who need a token at the same moment make ten requests for it, although the credential has a cache.
#
# Package   @azure/identity 4.14.1 (npm)
# Expected  One ManagedIdentityCredential for the whole process is the advice, because it caches: the first caller fetches the token of a
#           resource, and who asks meanwhile for the same one waits for that answer.
# Really    Each caller who asks before the first answer is there makes a request of its own. Only later callers are served by the cache.
# Matters   A worker that starts with a full queue asks the token endpoint once for each message that it handles side by side, which is
#           what gets an endpoint to answer 429. Keep the promise of the token, not just the credential.
#
# Seen      10 callers at once: 10 requests
#           10 callers after that: 0 requests
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @azure/identity@4.14.1 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ManagedIdentityCredential } from '@azure/identity';

let requests = 0;
const waiting = [];
let holding = true;
const server = createServer((request, response) => {
	requests++;
	const answer = () =>
		response.writeHead(200, { 'content-type': 'application/json' }).end(
			JSON.stringify({
				access_token: 'token',
				expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
				resource: new URL(request.url, 'http://127.0.0.1').searchParams.get('resource'),
				token_type: 'Bearer',
			}),
		);
	if (holding) waiting.push(answer);
	else answer();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${server.address().port}/msi/token`;
process.env.IDENTITY_HEADER = 'header';

const credential = new ManagedIdentityCredential({ clientId: '11111111-2222-3333-4444-555555555555' });
const callers = () => Promise.all(Array.from({ length: 10 }, () => credential.getToken('https://graph.microsoft.com/.default')));

const first = callers();
// The endpoint answers when all ten have come, or after two seconds, should they ever come to share one request.
for (let waits = 0; waits < 40 && requests < 10; waits++) await new Promise((resolve) => setTimeout(resolve, 50));
holding = false;
for (const answer of waiting) answer();
await first;
const atOnce = requests;
await callers();
const afterwards = requests - atOnce;
server.close();
console.log(`10 callers at once: ${atOnce} requests`);
console.log(`10 callers after that: ${afterwards} requests`);

assert.equal(atOnce, 10);
assert.equal(afterwards, 0);
JS
NO_PROXY=127.0.0.1 node probe.mjs
