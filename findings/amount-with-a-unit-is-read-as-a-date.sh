#!/usr/bin/env bash
# An amount in a spreadsheet whose number format has an escaped letter is read as a day in 1903.
#
# Package   exceljs 4.4.0 (npm)
# Expected  In a number format a backslash makes the next letter a plain letter, and an underscore leaves room as wide as it: neither
#           is a part of a date. 1250.5 in such a cell is 1250.5.
# Really    Before it looks for the letters of dates, the reader takes out what is in quotes and in brackets, not what a backslash or an
#           underscore escapes. One of y, m, d, h, M, s, b in there makes the cell's value a Date, as if the cell had been a date.
# Matters   A unit such as m² or bar, or room that is left for the letters of a currency, turns the amounts of a column into days: sums
#           are wrong, and a CRM gets a date. The same sheet from another office is read well. Read the number from the file yourself.
#
# Seen      #,##0.00 -> 1250.5
#           #,##0.00 "m²" -> 1250.5
#           #,##0.00\ \m\² -> 1903-06-03T12:00:00.000Z
#           0.0\ \b\a\r -> 1903-06-03T12:00:00.000Z
#           _-* #,##0.00\ _K_M_- -> 1903-06-03T12:00:00.000Z
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock exceljs@4.4.0 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { Workbook } = require('exceljs');

async function read(format) {
	const written = new Workbook();
	const cell = written.addWorksheet('Leads').getCell('A1');
	cell.value = 1250.5;
	cell.numFmt = format;
	const workbook = new Workbook();
	await workbook.xlsx.load(await written.xlsx.writeBuffer());
	const { value } = workbook.getWorksheet('Leads').getCell('A1');
	const seen = value instanceof Date ? value.toISOString() : value;
	console.log(`${format} -> ${seen}`);
	return seen;
}

async function probe() {
	assert.equal(await read('#,##0.00'), 1250.5);
	assert.equal(await read('#,##0.00 "m²"'), 1250.5);
	assert.equal(await read('#,##0.00\\ \\m\\²'), '1903-06-03T12:00:00.000Z');
	assert.equal(await read('0.0\\ \\b\\a\\r'), '1903-06-03T12:00:00.000Z');
	assert.equal(await read('_-* #,##0.00\\ _K_M_-'), '1903-06-03T12:00:00.000Z');
}
probe();
JS
node probe.cjs
