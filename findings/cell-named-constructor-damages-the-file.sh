#!/usr/bin/env bash
# A cell that holds the word "constructor" makes an .xlsx file that spreadsheet programs call damaged.
#
# Package   write-excel-file 4.1.1 (npm)
# Expected  A cell of type String is text, whatever the text is.
# Really    Texts are numbered by a look-up in a plain object, `ids[text]`. For names of members that every object has (constructor, toString,
#           __proto__, hasOwnProperty, …) the look-up finds that member, and its text is written where the number of the cell's text belongs:
#           <c t="s"><v>function Object() { [native code] }</v></c>. Nothing is thrown.
# Matters   Leads are text that anyone may post. One lead with the first name "constructor" makes the whole export unreadable. A U+FFFD behind such
#           a text keeps it apart: the writer drops that character when it writes.
#
# Seen      "constructor"  -> function Object() { [native code] }
#           "__proto__"    -> [object Object]
#           "Ada"          -> 0
#           "constructor\ufffd" -> 0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock write-excel-file@4.1.1 fflate@0.8.3 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';

async function numberOf(text) {
	const parts = unzipSync(await writeExcelFile([[{ value: text, type: String }]]).toBuffer());
	const [, number] = /<v>(.*?)<\/v>/s.exec(strFromU8(parts['xl/worksheets/sheet1.xml']));
	console.log(`${JSON.stringify(text)} -> ${number}`);
	return number;
}
assert.match(await numberOf('constructor'), /^function Object/);
assert.equal(await numberOf('__proto__'), '[object Object]');
assert.equal(await numberOf('Ada'), '0');
assert.equal(await numberOf('constructor\ufffd'), '0');
JS
node probe.mjs
