#!/usr/bin/env bash
# A "no" in an export to CSV is an empty cell, like a question that was not asked, and a time is a number of thirteen digits.
#
# Package   csv-stringify 6.9.0 (npm)
# Expected  true and false are written as words, a Date as ISO 8601, as JSON does, and unlike what is not there.
# Really    true becomes 1, false becomes nothing, a Date its milliseconds since 1970; undefined, null and '' become nothing too. That functions
#           for each type may be given is documented; what they are by default is not said there.
# Matters   Consent to be called: "no" and "not asked" are one in the export, and an import reads both as not known, so that its default
#           applies. Give `cast` functions for boolean and date.
#
# Seen      {"consent":true} -> "1"
#           {"consent":false} -> ""
#           {"consent":null} -> ""
#           {} -> ""
#           {"consent":"2026-11-29T06:00:00.000Z"} as a Date -> "1795932000000"
#           {"consent":false} with cast -> "false"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock csv-stringify@6.9.0 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { stringify } = require('csv-stringify/sync');

function write(lead, note = '', options = {}) {
	const [, cell] = stringify([{ name: 'Ada', ...lead }], { columns: ['name', 'consent'], ...options }).trimEnd().split(',');
	console.log(`${JSON.stringify(lead)}${note} -> ${JSON.stringify(cell)}`);
	return cell;
}
assert.equal(write({ consent: true }), '1');
assert.equal(write({ consent: false }), '');
assert.equal(write({ consent: null }), '');
assert.equal(write({}), '');
assert.equal(write({ consent: new Date('2026-11-29T06:00:00Z') }, ' as a Date'), '1795932000000');
assert.equal(write({ consent: false }, ' with cast', { cast: { boolean: String } }), 'false');
JS
node probe.cjs
