#!/usr/bin/env bash
# With NO_PROXY=*, each request of the Azure clients goes through the proxy.
#
# Package   @azure/core-rest-pipeline 1.25.1 (npm), which sends the requests of the Azure clients for JavaScript
# Expected  NO_PROXY=* switches the proxy off: so it is with curl, and so wanted it the issue by which the variable came to these clients
#           (Azure/azure-sdk-for-js 5228). An entry with a port holds for that port, as in Go.
# Really    An entry is compared with the host's name as a whole; only a leading dot gives it another meaning. The asterisk and the port match
#           nothing, and nothing is reported.
# Matters   A proxy is set for the internet, and NO_PROXY for what is near: the storage emulator, a private endpoint, the endpoint of the managed
#           identity. Those requests go to the proxy, which cannot reach them. Write each host in full, or its domain with a leading dot.
#
# Seen      NO_PROXY=127.0.0.1: localhost through the proxy, 127.0.0.1 direct
#           NO_PROXY=127.0.0.1,localhost: localhost direct, 127.0.0.1 direct
#           NO_PROXY=.localhost: localhost direct, 127.0.0.1 through the proxy
#           NO_PROXY=*: localhost through the proxy, 127.0.0.1 through the proxy
#           NO_PROXY=127.0.0.1:PORT,localhost:PORT: localhost through the proxy, 127.0.0.1 through the proxy
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
import { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline';

async function serve(text) {
	const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}
const proxy = await serve('through the proxy');
const target = await serve('direct');
const { port } = target.address();
process.env.HTTP_PROXY = `http://127.0.0.1:${proxy.address().port}`;
process.env.NO_PROXY = process.argv[2].replaceAll('PORT', port);

const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
const seen = [];
for (const host of ['localhost', '127.0.0.1']) {
	const request = createPipelineRequest({ url: `http://${host}:${port}/`, allowInsecureConnection: true });
	const { bodyAsText } = await pipeline.sendRequest(createDefaultHttpClient(), request);
	seen.push(`${host} ${bodyAsText}`);
}
proxy.close();
target.close();
console.log(`NO_PROXY=${process.argv[2]}: ${seen.join(', ')}`);
assert.equal(seen.join(', '), process.argv[3]);
JS
# The clients read the variables once, so that each setting has a process of its own.
unset HTTPS_PROXY https_proxy ALL_PROXY all_proxy HTTP_PROXY http_proxy NO_PROXY no_proxy
node probe.mjs 127.0.0.1 'localhost through the proxy, 127.0.0.1 direct'
node probe.mjs 127.0.0.1,localhost 'localhost direct, 127.0.0.1 direct'
node probe.mjs .localhost 'localhost direct, 127.0.0.1 through the proxy'
node probe.mjs '*' 'localhost through the proxy, 127.0.0.1 through the proxy'
node probe.mjs 127.0.0.1:PORT,localhost:PORT 'localhost through the proxy, 127.0.0.1 through the proxy'
