#!/usr/bin/env bash
# A small CSV file of two columns with semicolons is read as one column because it ends with a line end.
#
# Package   papaparse 5.7.1 (npm)
# Expected  The delimiter is found by itself: each line of the file splits into two at its one semicolon, and there is no comma in it. The
#           line end after the last line is how a text file ends; RFC 4180 leaves it to the writer.
# Really    With fewer than ten lines and a line end after the last, a comma is taken: one column "email;name", each row in one piece.
#           Without that line end, with a third column, or from ten lines on the semicolon is found. (The empty piece after the last line
#           end counts as a line of one column, and the average falls below what two columns need.)
# Matters   Spreadsheets of half of Europe write semicolons, and a list of addresses and names is two columns. An import that was tested
#           with a long list, or one typed without a line end, gives leads without a name and an address that is none. Name the delimiter,
#           or set skipEmptyLines.
#
# Seen      2 columns, 8 leads, line end: "," {"email;name":"1@contoso.com;Lead 1"}
#           2 columns, 8 leads, no line end: ";" {"email":"1@contoso.com","name":"Lead 1"}
#           2 columns, 9 leads, line end: ";" {"email":"1@contoso.com","name":"Lead 1"}
#           3 columns, 8 leads, line end: ";" {"email":"1@contoso.com","name":"Lead 1","city":"Berlin"}
#           2 columns, 8 leads, line end, skipEmptyLines: ";" {"email":"1@contoso.com","name":"Lead 1"}
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock papaparse@5.7.1 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import Papa from 'papaparse';

function delimiterOf({ columns = 2, leads, lineEnd = true, skipEmptyLines = false }) {
	const row = (...cells) => cells.slice(0, columns).join(';');
	const lines = [row('email', 'name', 'city'), ...Array.from({ length: leads }, (_, i) => row(`${i + 1}@contoso.com`, `Lead ${i + 1}`, 'Berlin'))];
	const { data, meta } = Papa.parse(lines.join('\r\n') + (lineEnd ? '\r\n' : ''), { header: true, skipEmptyLines });
	const kind = `${columns} columns, ${leads} leads, ${lineEnd ? '' : 'no '}line end${skipEmptyLines ? ', skipEmptyLines' : ''}`;
	console.log(`${kind}: ${JSON.stringify(meta.delimiter)} ${JSON.stringify(data[0])}`);
	return meta.delimiter;
}
assert.equal(delimiterOf({ leads: 8 }), ',');
assert.equal(delimiterOf({ leads: 8, lineEnd: false }), ';');
assert.equal(delimiterOf({ leads: 9 }), ';');
assert.equal(delimiterOf({ leads: 8, columns: 3 }), ';');
assert.equal(delimiterOf({ leads: 8, skipEmptyLines: true }), ';');
JS
node probe.mjs
