#!/usr/bin/env bash
# sendMail is sent again by the client when a gateway answers 504, and the recipient has the mail twice.
#
# Package   @microsoft/microsoft-graph-client 3.0.7 (npm), made by Client.init without options for its middleware
# Expected  504 says that a gateway has waited no longer; the mail may have been accepted behind it. A POST is not safe to repeat, so the
#           caller is told, and decides.
# Really    The client's retry handler sends 429, 503 and 504 again, whatever the method, three times by default. The caller sees the last
#           answer only and gets a success. (That 504 is one of the three is documented; that it holds for sendMail too is easily missed.)
# Matters   sendMail has no key by which a second one could be recognized: sales gets the lead twice, or four times, and nothing tells.
#           Give `sendMail` a middleware without the retry handler, or `new RetryHandlerOptions(…, 0)`, and repeat what was refused for certain.
#
# Seen      Client.init: 2 mails accepted, the caller sees no error
#           maxRetries 0: 1 mail accepted, the caller sees 504
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @microsoft/microsoft-graph-client@3.0.7 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client, RetryHandlerOptions } from '@microsoft/microsoft-graph-client';

let accepted = 0;
const server = createServer((request, response) => {
	request.resume().on('end', () => {
		accepted += 1;
		const late = accepted === 1; // the first mail is accepted, but the gateway has given up
		const headers = { 'content-type': 'application/json', 'retry-after': '1' };
		response.writeHead(late ? 504 : 202, headers).end(late ? '{"error":{"code":"GatewayTimeout","message":"late"}}' : '{}');
	});
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const graph = Client.init({
	baseUrl: `http://127.0.0.1:${server.address().port}/`,
	customHosts: new Set(['127.0.0.1']),
	authProvider: (done) => done(null, 'token'),
});

async function send(label, options) {
	accepted = 0;
	const request = graph.api('/users/sales/sendMail').middlewareOptions(options);
	const seen = await request.post({ message: { subject: 'New lead' } }).then(() => 'no error', (error) => error.statusCode);
	console.log(`${label}: ${accepted} mail${accepted === 1 ? '' : 's'} accepted, the caller sees ${seen}`);
	return [accepted, seen];
}
assert.deepEqual(await send('Client.init', []), [2, 'no error']);
assert.deepEqual(await send('maxRetries 0', [new RetryHandlerOptions(1, 0)]), [1, 504]);
server.close();
JS
NO_PROXY=127.0.0.1 node probe.mjs
