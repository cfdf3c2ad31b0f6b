#!/usr/bin/env bash
# A lead that a duplicate rule refuses resolves to the same null as one that is there already.
#
# Package   dynamics-web-api 2.5.0 (npm)
# Expected  upsert with `ifnonematch: '*'` means "create it, do not overwrite": when a record of that key exists, 412 is fine and may be
#           swallowed. Any other refusal is thrown with its error code, as it is for the same call without that option.
# Really    Each 412 becomes null, whatever its code. Dataverse uses 412 for two things: 0x80040237, the record is there, and 0x80040333, a
#           duplicate rule found a similar record and nothing was created.
# Matters   A retry that takes null for "it arrived the first time" marks a lead as delivered that is nowhere in the CRM. Send the request
#           yourself and read error.code, or look the record up after a null.
#
# Seen      0x80040237, with ifnonematch:    resolved, null
#           0x80040333, with ifnonematch:    resolved, null
#           0x80040333, without ifnonematch: rejected, 412
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock dynamics-web-api@2.5.0 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { DynamicsWebApi } from 'dynamics-web-api';

let code = '';
const server = createServer((request, response) => {
	request.resume().on('end', () => response.writeHead(412, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code, message: 'Refused.' } })));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const dataverse = new DynamicsWebApi({ serverUrl: `http://127.0.0.1:${server.address().port}`, onTokenRefresh: async () => 'token' });

async function upsert(answered, options) {
	code = answered;
	const outcome = await dataverse
		.upsert({ collection: 'leads', key: '0190aaaa-0000-7000-8000-000000000000', data: { lastname: 'Lovelace' }, duplicateDetection: true, ...options })
		.then((value) => `resolved, ${value}`, (error) => `rejected, ${error.status}`);
	console.log(`${`${answered}, with${options ? '' : 'out'} ifnonematch:`.padEnd(32)} ${outcome}`);
	return outcome;
}
assert.equal(await upsert('0x80040237', { ifnonematch: '*' }), 'resolved, null');
assert.equal(await upsert('0x80040333', { ifnonematch: '*' }), 'resolved, null');
assert.equal(await upsert('0x80040333'), 'rejected, 412');
server.close();
JS
NO_PROXY=127.0.0.1 node probe.mjs
