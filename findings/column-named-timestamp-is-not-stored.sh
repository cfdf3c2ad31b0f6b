#!/usr/bin/env bash
# A column called `timestamp` or `etag` is not stored: what is read back is the time of the last write and the version of the row.
#
# Packages  @azure/data-tables 13.3.2 and azurite 3.37.0 (npm)
# Expected  The names of columns are case-sensitive, and the service has only `Timestamp` and `odata.etag` for itself: a column `timestamp`
#           is one like any other, or the client refuses it.
# Really    The client calls the service's two by these names in both directions. What is written under them is sent as the service's own,
#           which ignores it (so does Azurite, which is asked here, and so it is documented); reading gives the service's values in its
#           place, without an error. `time` is stored.
# Matters   `timestamp` is what one calls the time at which a lead came in. It looks right in every test, for the row was written just then, and
#           moves to the present with each later change of the row. Call it `receivedAt`.
#
# Seen      written: {"timestamp":"2025-01-01T00:00:00Z","etag":"order-7","time":"2025-01-01T00:00:00Z"}
#           read: timestamp kept: false, etag kept: false, time kept: true
#           after another column was changed: timestamp moved: true
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
const lead = { timestamp: '2025-01-01T00:00:00Z', etag: 'order-7', time: '2025-01-01T00:00:00Z' };

await table.createTable();
await table.createEntity({ ...key, ...lead });
const first = await table.getEntity(key.partitionKey, key.rowKey);
await table.updateEntity({ ...key, note: 'called' }, 'Merge');
const second = await table.getEntity(key.partitionKey, key.rowKey);
const kept = Object.keys(lead).map((name) => `${name} kept: ${first[name] === lead[name]}`);
console.log(`written: ${JSON.stringify(lead)}`);
console.log(`read: ${kept.join(', ')}`);
console.log(`after another column was changed: timestamp moved: ${second.timestamp !== first.timestamp}`);

assert.deepEqual(kept, ['timestamp kept: false', 'etag kept: false', 'time kept: true']);
assert.ok(new Date(first.timestamp) > new Date(lead.timestamp));
assert.notEqual(second.timestamp, first.timestamp);
JS
NO_PROXY=127.0.0.1 node probe.mjs "$endpoint"
