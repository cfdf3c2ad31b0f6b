#!/usr/bin/env bash
# Reading a CSV file into a workbook takes the zeros and the plus off phone numbers, and makes a reference of digits another one.
#
# Package   exceljs 4.4.0 (npm)
# Expected  CSV has no types, so a CSV reader without options gives text; a text that exceljs itself puts into a cell stays text as well.
# Really    csv.readFile guesses by default: 00491711234567 and the postcode 01067 become numbers without their zeros, +49171234567 loses its
#           plus, 1E5 becomes 100000, a reference of twenty digits is rounded, and a cell with one blank in it becomes 0.
# Matters   An export of leads that goes through CSV into a spreadsheet has phone numbers that cannot be dialled, and nothing tells. Pass
#           `map: (text) => text`.
#
# Seen      by default:   [491711234567,49171234567,1067,100000,12345678901234567000,0]
#           with a map:   ["00491711234567","+49171234567","01067","1E5","12345678901234567890"," "]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock exceljs@4.4.0 >/dev/null

printf '%s\n' 'phone,mobile,postcode,product,reference,note' '00491711234567,+49171234567,01067,1E5,12345678901234567890, ' >leads.csv
cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { Workbook } = require('exceljs');

async function cells(name, options) {
	const sheet = await new Workbook().csv.readFile('leads.csv', options);
	const values = sheet.getRow(2).values.slice(1);
	console.log(`${name.padEnd(13)} ${JSON.stringify(values)}`);
	return values;
}

async function probe() {
	assert.deepEqual(await cells('by default:'), [491711234567, 49171234567, 1067, 100000, 12345678901234567000, 0]);
	const texts = ['00491711234567', '+49171234567', '01067', '1E5', '12345678901234567890', ' '];
	assert.deepEqual(await cells('with a map:', { map: (text) => text }), texts);
}
probe();
JS
node probe.cjs
