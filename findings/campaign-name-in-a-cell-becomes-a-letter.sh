#!/usr/bin/env bash
# "banner_x1080_v2", written into a spreadsheet and read back, has a Burmese letter in the place of its size.
#
# Packages  write-excel-file 4.1.1 and read-excel-file 9.3.17 (npm), by the same author
# Expected  A cell that was written as text is read as that text; these letters, digits and underscores need no escaping in XML.
# Really    The file format gives `_x1080_` a meaning: an underscore, x, four hexadecimal digits and an underscore stand for one character.
#           Readers translate it, exceljs 4.4.0 does too; the writer puts such text into the file as it is, where it should have written
#           `_x005F_x1080_`. With a capital X, or without the last underscore, nothing happens.
# Matters   Names of campaigns and files carry sizes like x1080 between underscores. An export of leads then shows a campaign that does not
#           exist, and a join over its name finds nothing. Write `_x005F_` for an underscore that begins such a sequence.
#
# Seen      "banner_x1080_v2" -> "bannerႀv2"
#           "banner_X1080_v2" -> "banner_X1080_v2"
#           "banner_x1080" -> "banner_x1080"
#           "banner_x005F_x1080_v2" -> "banner_x1080_v2"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock write-excel-file@4.1.1 read-excel-file@9.3.17 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';

async function roundTrip(text) {
	const file = await writeExcelFile([[{ value: text, type: String }]]).toBuffer();
	const [[read]] = await readSheet(file);
	console.log(`${JSON.stringify(text)} -> ${JSON.stringify(read)}`);
	return read;
}
assert.equal(await roundTrip('banner_x1080_v2'), 'banner\u1080v2');
assert.equal(await roundTrip('banner_X1080_v2'), 'banner_X1080_v2');
assert.equal(await roundTrip('banner_x1080'), 'banner_x1080');
assert.equal(await roundTrip('banner_x005F_x1080_v2'), 'banner_x1080_v2');
JS
node probe.mjs
