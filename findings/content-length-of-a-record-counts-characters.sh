#!/usr/bin/env bash
# A record with an accent is sent with a Content-Length that is too small: its last bytes never arrive.
#
# Package   dataverse-webapi 3.3.0 (npm), a client of the Dataverse Web API, in its version for Node.js
# Expected  Content-Length is the length of the body in bytes.
# Really    It is the length of the text in UTF-16 units. For ASCII both are the same; one "ë" makes it one too small, an emoji two.
# Matters   Every test with John Doe passes. The first Zoë is answered 400, because the JSON that arrives has no closing brace, or, where the
#           last member ends with blanks, is created cut.
#
# Seen      {"lastname":"Doe"} is 18 bytes, Content-Length 18
#           {"lastname":"Zoë"} is 19 bytes, Content-Length 18
#           {"lastname":"😀"} is 19 bytes, Content-Length 17
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock dataverse-webapi@3.3.0 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

// Nothing is sent: what the client hands to Node.js is looked at.
const sent = [];
https.request = (options) => {
	sent.push(options.headers['Content-Length']);
	return Object.assign(new EventEmitter(), { write: () => true, end: () => undefined });
};
syncBuiltinESMExports();
const { WebApiConfig, create } = await import('dataverse-webapi/lib/node');

const config = new WebApiConfig('9.2', 'a token', 'https://contoso.crm4.dynamics.com');
for (const [lastname, missing] of [['Doe', 0], ['Zoë', 1], ['😀', 2]]) {
	const record = { lastname };
	void create(config, 'leads', record);
	const text = JSON.stringify(record);
	const bytes = Buffer.byteLength(text);
	console.log(`${text} is ${bytes} bytes, Content-Length ${sent.at(-1)}`);
	assert.equal(bytes - Number(sent.at(-1)), missing);
}
JS
node probe.mjs
