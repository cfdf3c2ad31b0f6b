#!/usr/bin/env bash
# A column that is called `valueOf`, `toString` or `constructor` is accepted by Azurite and is not in the row afterwards.
#
# Packages  @azure/data-tables 13.3.2 and azurite 3.37.0 (npm)
# Expected  The names are valid for a property of a table row: the value is kept, as that of any other column is, or the insert is refused.
# Really    The client sends the column, Azurite answers 204, and the row that is read back has every column but this one. A filter for its
#           value finds nothing.
# Matters   A form whose fields become columns loses what was entered in a field of such a name, and the test that inserts it passes. Put a
#           prefix before names that come from outside. The script says nothing of the table service in Azure: this is the emulator.
#
# Seen      sent {"company":"Contoso","valueOf":"entered"}: 204, read back {"company":"Contoso"}, filter finds 0
#           sent {"company":"Contoso","toString":"entered"}: 204, read back {"company":"Contoso"}, filter finds 0
#           sent {"company":"Contoso","constructor":"entered"}: 204, read back {"company":"Contoso"}, filter finds 0
#           sent {"company":"Contoso","valueof":"entered"}: 204, read back {"company":"Contoso","valueof":"entered"}, filter finds 1
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

const table = new TableClient(`${process.argv[2]}/contoso`, 'leads', new AzureNamedKeyCredential('contoso', 'a2V5'), {
	allowInsecureConnection: true,
});
/** The last insert, as it went over the wire. */
let sent;
table.pipeline.addPolicy({
	name: 'keepInsert',
	async sendRequest(request, next) {
		const response = await next(request);
		if (request.method === 'POST') sent = { ...JSON.parse(request.body), status: response.status };
		return response;
	},
});
await table.createTable();

for (const [name, kept] of [['valueOf', false], ['toString', false], ['constructor', false], ['valueof', true]]) {
	const key = { partitionKey: 'form', rowKey: name };
	await table.createEntity({ ...key, company: 'Contoso', [name]: 'entered' });
	const { PartitionKey, RowKey, status, ...columns } = sent;
	const { partitionKey, rowKey, etag, timestamp, 'odata.metadata': metadata, ...read } = await table.getEntity(key.partitionKey, key.rowKey);
	let found = 0;
	for await (const row of table.listEntities({ queryOptions: { filter: `${name} eq 'entered'` } })) found++;
	console.log(`sent ${JSON.stringify(columns)}: ${status}, read back ${JSON.stringify(read)}, filter finds ${found}`);

	assert.equal(columns[name], 'entered');
	assert.equal(status, 204);
	assert.deepEqual(read, { company: 'Contoso', ...(kept && { [name]: 'entered' }) });
	assert.equal(found, kept ? 1 : 0);
}
JS
NO_PROXY=127.0.0.1 node probe.mjs "$endpoint"
