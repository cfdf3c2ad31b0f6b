#!/usr/bin/env bash
# A table transaction that a web page answers counts as committed.
#
# Package   @azure/data-tables 13.3.2 (npm), with @azure/core-rest-pipeline 1.25.1
# Expected  submitTransaction rejects an answer that is no batch answer, as createEntity of the same client does: both of them are given
#           200 and an HTML page here, as a sign-in page or a proxy gives one.
# Really    createEntity rejects. submitTransaction resolves with that status and with no answer for any of its operations.
# Matters   A lead receiver writes a lead and its deliveries in one transaction and answers 202 when it resolves. Behind such a proxy it
#           would promise leads that nothing has stored. Count the subResponses, or read a row back.
#
# Seen      createEntity: RestError, status 200
#           submitTransaction of 2 operations: resolved, status 200, 0 answers
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
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';

const server = createServer((request, response) => {
	request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please sign in</body></html>'));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const table = new TableClient(`http://127.0.0.1:${server.address().port}/contoso`, 'leads', new AzureNamedKeyCredential('contoso', 'a2V5'), {
	allowInsecureConnection: true,
	retryOptions: { maxRetries: 0 },
});

const row = (rowKey) => ({ partitionKey: 'journal', rowKey, company: 'Contoso' });
const single = await table.createEntity(row('1')).then(() => 'resolved', (error) => `${error.name}, status ${error.statusCode}`);
console.log(`createEntity: ${single}`);
const together = await table
	.submitTransaction([['create', row('1')], ['create', row('2')]])
	.then(({ status, subResponses }) => `resolved, status ${status}, ${subResponses.length} answers`, (error) => `${error.name}, status ${error.statusCode}`);
console.log(`submitTransaction of 2 operations: ${together}`);
server.close();

assert.equal(single, 'RestError, status 200');
assert.equal(together, 'resolved, status 200, 0 answers');
JS
NO_PROXY=127.0.0.1 node probe.mjs
