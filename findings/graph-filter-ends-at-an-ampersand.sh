#!/usr/bin/env bash
# A Graph filter with an ampersand, a number sign or a plus in its text arrives as another filter.
#
# Package   @microsoft/microsoft-graph-client 3.0.7 (npm)
# Expected  filter(text) takes the text of a filter, as OData writes it, and the client makes a query of it: it does encode the spaces
#           and the quotes of that text.
# Really    It leaves `&`, `#` and `+` as they are. What is behind an ampersand becomes a query option of its own, what is behind a number
#           sign is not sent at all, and a plus is read as a space (here, and by Microsoft.OData.Core 8.4.4 as well).
# Matters   "Smith & Sons" is a usual company name, and ada+azure@contoso.com a usual address. A lookup by them is refused for a quote that
#           is never closed, or finds nobody. Pass the text through encodeURIComponent before it goes into the filter.
#
# Seen      companyName eq 'Smith & Sons'    arrives as {"$filter":"companyName eq 'Smith "," Sons'":""}
#           displayName eq 'C# team'         arrives as {"$filter":"displayName eq 'C"}
#           mail eq 'ada+azure@contoso.com'  arrives as {"$filter":"mail eq 'ada azure@contoso.com'"}
#           displayName eq 'Smith Sons'      arrives as {"$filter":"displayName eq 'Smith Sons'"}
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @microsoft/microsoft-graph-client@3.0.7 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { Client } = require('@microsoft/microsoft-graph-client');

async function probe() {
	let arrived = {};
	const server = createServer((request, response) => {
		arrived = Object.fromEntries(new URL(request.url, 'http://127.0.0.1').searchParams);
		response.writeHead(200, { 'content-type': 'application/json' }).end('{ "value": [] }');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const graph = Client.init({
		baseUrl: `http://127.0.0.1:${server.address().port}/`,
		authProvider: (done) => done(null, 'token'),
	});

	const queryOf = async (filter) => {
		await graph.api('/users').filter(filter).get();
		console.log(`${filter.padEnd(32)} arrives as ${JSON.stringify(arrived)}`);
		return arrived;
	};
	assert.deepEqual(await queryOf("companyName eq 'Smith & Sons'"), { $filter: "companyName eq 'Smith ", " Sons'": '' });
	assert.deepEqual(await queryOf("displayName eq 'C# team'"), { $filter: "displayName eq 'C" });
	assert.deepEqual(await queryOf("mail eq 'ada+azure@contoso.com'"), { $filter: "mail eq 'ada azure@contoso.com'" });
	assert.deepEqual(await queryOf("displayName eq 'Smith Sons'"), { $filter: "displayName eq 'Smith Sons'" });
	server.close();
}
probe();
JS
NO_PROXY=127.0.0.1 node probe.cjs
