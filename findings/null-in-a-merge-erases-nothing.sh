#!/usr/bin/env bash
# A null that is merged over a column of a table row succeeds and leaves the old value there.
#
# Packages  @azure/data-tables 13.3.2 and azurite 3.37.0 (npm)
# Expected  updateEntity(…, 'Merge') with `email: null` empties the column, or is refused: the null is in the request that is sent, and
#           naming a property is how a caller says "this one". Merging JSON anywhere else, a null removes.
# Really    The update is answered as done, the ETag changes, and the column has its old value. An empty string does replace it.
# Matters   Erasing a person's data by merging nulls over it erases nothing and reports success. Write "", or replace the whole row.
#
# Seen      before: {"email":"ada@contoso.com","phone":"+1 425 555 0100"}
#           merged: {"email":null,"phone":""}, the row has a new ETag: true
#           after:  {"email":"ada@contoso.com","phone":""}
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
const key = { partitionKey: 'journal', rowKey: '1' };
const columns = ({ email, phone }) => JSON.stringify({ email, phone });

await table.createTable();
await table.createEntity({ ...key, email: 'ada@contoso.com', phone: '+1 425 555 0100' });
const before = await table.getEntity(key.partitionKey, key.rowKey);
await table.updateEntity({ ...key, email: null, phone: '' }, 'Merge');
const after = await table.getEntity(key.partitionKey, key.rowKey);
console.log(`before: ${columns(before)}`);
console.log(`merged: ${columns({ email: null, phone: '' })}, the row has a new ETag: ${after.etag !== before.etag}`);
console.log(`after:  ${columns(after)}`);

assert.notEqual(after.etag, before.etag);
assert.equal(after.email, 'ada@contoso.com');
assert.equal(after.phone, '');
JS
NO_PROXY=127.0.0.1 node probe.mjs "$endpoint"
