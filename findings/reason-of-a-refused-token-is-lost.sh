#!/usr/bin/env bash
# When the token endpoint says why it refuses, the error of the credential speaks of a missing property instead.
#
# Package   @azure/identity 4.14.1 (npm)
# Expected  A token endpoint's 400 becomes an error that names the status and the endpoint's message, however its members are cased.
# Really    That holds for {"statusCode", "message"} only. For {"StatusCode", "Message"}, which a public report shows App Service to send for
#           an identity that it does not find, the refusal is read as a token without a lifetime: the error tells neither status nor message,
#           and it is of the class that means "a person must sign in", not of the one that means "this credential is not available".
# Matters   An alert, or a person at the log, looks for a fault of the library where the client id in a setting is wrong. Code that
#           decides by the error's class decides wrongly. Ask the endpoint yourself when this error comes, and log its status.
#
# Seen      {"statusCode","message"}: CredentialUnavailableError, tells the reason: true
#           {"StatusCode","Message"}: AuthenticationRequiredError, tells the reason: false
#             Response had no "expiresOn" property.
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

let refusal = {};
const server = createServer((_, response) => {
	response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${server.address().port}/msi/token`;
process.env.IDENTITY_HEADER = 'header';

const reason = 'There is no such identity on this app.';
async function refused(body) {
	refusal = body;
	const credential = new ManagedIdentityCredential({ clientId: '11111111-2222-3333-4444-555555555555' });
	const error = await credential.getToken('https://graph.microsoft.com/.default').catch((error) => error);
	const members = Object.keys(body).map((name) => `"${name}"`);
	console.log(`{${members}}: ${error.name}, tells the reason: ${error.message.includes(reason)}`);
	return error;
}
const lower = await refused({ statusCode: 400, message: reason });
const upper = await refused({ StatusCode: 400, Message: reason });
console.log(`  ${upper.message}`);
server.close();

assert.equal(lower.name, 'CredentialUnavailableError');
assert.ok(lower.message.includes(reason));
assert.equal(upper.name, 'AuthenticationRequiredError');
assert.ok(!upper.message.includes(reason) && !upper.message.includes('400'));
JS
NO_PROXY=127.0.0.1 node probe.mjs
