#!/usr/bin/env bash
# A column that is called valueOf, toString or constructor is accepted by the emulator of Azure Tables and never returned.
#
# Packages  azurite 3.37.0 and @azure/data-tables 13.3.2 (npm)
# Expected  These are valid names of properties (they are identifiers of C#, which is what the documentation asks for): stored and returned,
#           or refused.
# Really    The client sends them. Azurite gathers the columns of a row in a plain object and skips a name that is there already; for names
#           of members that every object has, that is so from the start. The insert is answered as done, the row lacks the column, and a filter
#           over it finds nothing. (The service itself has not been asked.)
# Matters   Whoever makes columns of the names of a form's fields tests against the emulator, and sees data vanish without an error. Put what
#           others have named into one column, as JSON, or begin the column's name with a prefix of your own.
#
# Seen      email        sent: true, returned: true, found by a filter: 1
#           valueOf      sent: true, returned: false, found by a filter: 0
#           toString     sent: true, returned: false, found by a filter: 0
#           constructor  sent: true, returned: false, found by a filter: 0
#           form_valueOf sent: true, returned: true, found by a filter: 1
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Azurite's telemetry is off below; an empty package in the place of its library saves two thirds of the download.
mkdir no-telemetry
echo '{ "name": "applicationinsights", "version": "3.0.0", "main": "index.js" }' >no-telemetry/package.json
touch no-telemetry/index.js
echo '{ "private": true, "overrides": { "applicationinsights": "file:./no-telemetry" } }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @azure/data-tables@13.3.2 azurite@3.37.0 >/dev/null

AZURITE_ACCOUNTS=contoso:a2V5 node_modules/.bin/azurite --location "$work/data" --blobPort 0 --queuePort 0 --tablePort 0 \
	--disableTelemetry --skipApiVersionCheck >azurite.log 2>&1 &
azurite=$!
trap 'kill "$azurite" && wait "$azurite" || true; rm -rf "$work"' EXIT
for _ in {1..300}; do
	grep -q 'Table service is successfully listening' azurite.log && break
	sleep 0.1
done
endpoint=$(sed -n 's/^Azurite Table service is successfully listening at //p' azurite.log)

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';

const bodies = [];
const noteBody = {
	name: 'noteBody',
	sendRequest(request, next) {
		if (request.body !== undefined) bodies.push(JSON.parse(request.body));
		return next(request);
	},
};
const table = new TableClient(`${process.argv[2]}/contoso`, 'leads', new AzureNamedKeyCredential('contoso', 'a2V5'), {
	allowInsecureConnection: true,
	additionalPolicies: [{ policy: noteBody, position: 'perCall' }],
});

await table.createTable();
for (const [name, kept] of [['email', true], ['valueOf', false], ['toString', false], ['constructor', false], ['form_valueOf', true]]) {
	await table.createEntity({ partitionKey: 'lead', rowKey: name, [name]: 'ada' });
	const sent = Object.hasOwn(bodies.at(-1), name);
	const returned = Object.hasOwn(await table.getEntity('lead', name), name);
	let found = 0;
	for await (const _ of table.listEntities({ queryOptions: { filter: `${name} eq 'ada'` } })) found++;
	console.log(`${name.padEnd(12)} sent: ${sent}, returned: ${returned}, found by a filter: ${found}`);
	assert.ok(sent);
	assert.equal(returned, kept);
	assert.equal(found, kept ? 1 : 0);
}
JS
NO_PROXY=127.0.0.1 node probe.mjs "$endpoint"
