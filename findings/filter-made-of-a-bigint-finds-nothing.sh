#!/usr/bin/env bash
# A table filter for "equal to this bigint", made by the client's own tag, does not find the row that was written with that bigint.
#
# Packages  @azure/data-tables 13.3.2 and azurite 3.37.0 (npm)
# Expected  The client stores a bigint as Int64 and its tag `odata` knows the type of what it is given (it quotes text and marks dates),
#           so that odata`due eq ${value}` finds what createEntity wrote with the same value.
# Really    The tag writes the digits alone, without the L that marks an Int64 in a filter. Azurite then finds no row that is equal, but
#           does find the row as "at least" and "at most" the same value; with the L by hand it is equal as well.
# Matters   Range queries over such a column pass every test, and the first lookup of one value returns an empty list instead of an
#           error. Write `${value}L` into the filter as raw text, or keep fixed-width text instead of numbers.
#
# Seen      due eq 1767225600000 -> 0 rows
#           due ge 1767225600000 and due le 1767225600000 -> 1 row
#           due eq 1767225600000L -> 1 row
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
import { AzureNamedKeyCredential, odata, TableClient } from '@azure/data-tables';

const table = new TableClient(`${process.argv[2]}/contoso`, 'leads', new AzureNamedKeyCredential('contoso', 'a2V5'), {
	allowInsecureConnection: true,
});
const due = 1767225600000n;
await table.createTable();
await table.createEntity({ partitionKey: 'journal', rowKey: '1', due });
assert.equal((await table.getEntity('journal', '1')).due, due, 'the value comes back as the bigint that it was');

async function count(filter) {
	let rows = 0;
	for await (const _ of table.listEntities({ queryOptions: { filter } })) rows++;
	console.log(`${filter} -> ${rows} row${rows === 1 ? '' : 's'}`);
	return rows;
}
assert.equal(await count(odata`due eq ${due}`), 0);
assert.equal(await count(odata`due ge ${due} and due le ${due}`), 1);
assert.equal(await count(`due eq ${due}L`), 1);
JS
NO_PROXY=127.0.0.1 node probe.mjs "$endpoint"
