#!/usr/bin/env bash
# An insert whose answer gets lost is sent again by the client itself, and then reports a conflict with itself.
#
# Package   @azure/data-tables 13.3.2 (npm), with @azure/core-rest-pipeline 1.25.1
# Expected  Creating a row is a POST, which is not safe to repeat: when the connection breaks after the request was sent, createEntity
#           reports the broken connection, and the caller decides.
# Really    With its default options the client repeats the POST. The first one had been stored, so the second is answered 409, and the
#           caller gets "EntityAlreadyExists" for a row that nobody else has written. The broken connection is not mentioned.
# Matters   A receiver that takes 409 for "this lead came before" drops a new lead as a duplicate of itself. Set maxRetries to 0 where
#           409 means something, and look whether the row that exists is your own.
#
# Seen      requests: POST, POST
#           rows stored: 1
#           createEntity: status 409, EntityAlreadyExists
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock \
	@azure/data-tables@13.3.2 @azure/core-rest-pipeline@1.25.1 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';

const methods = [];
const rows = new Set();
const conflict = { 'odata.error': { code: 'EntityAlreadyExists', message: { lang: 'en-US', value: 'The entity exists.' } } };
const server = createServer(async (request, response) => {
	const { RowKey } = await json(request);
	methods.push(request.method);
	if (rows.has(RowKey)) return response.writeHead(409, { 'content-type': 'application/json' }).end(JSON.stringify(conflict));
	rows.add(RowKey);
	request.socket.destroy(); // stored, but the answer does not arrive
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const table = new TableClient(`http://127.0.0.1:${server.address().port}/contoso`, 'leads', new AzureNamedKeyCredential('contoso', 'a2V5'), {
	allowInsecureConnection: true,
});

const error = await table.createEntity({ partitionKey: 'journal', rowKey: '1' }).catch((error) => error);
server.close();
const code = error.details?.odataError?.code;
console.log(`requests: ${methods.join(', ')}`);
console.log(`rows stored: ${rows.size}`);
console.log(`createEntity: status ${error.statusCode}, ${code}`);

assert.deepEqual(methods, ['POST', 'POST']);
assert.equal(rows.size, 1);
assert.equal(error.statusCode, 409);
assert.equal(code, 'EntityAlreadyExists');
JS
NO_PROXY=127.0.0.1 node probe.mjs
