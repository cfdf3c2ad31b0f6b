#!/usr/bin/env bash
# 00:00:01 in a cell is read back as 00:00:00.999: three in ten times of a day, printed to the second, are a second early.
#
# Packages  write-excel-file 4.1.1 and read-excel-file 9.3.17 (npm), by the same author
# Expected  A time in whole seconds that is written to a cell is read as that time.
# Really    A cell holds a time as a fraction of days, which is never exact. The number in the file is right to well below a millisecond; the
#           reader multiplies it and rounds the milliseconds down (Math.floor) instead of to the nearest: 999.9999 becomes 999 and not 1000.
#           It is one millisecond, but whoever prints or compares seconds, minutes or days sees the one before.
# Matters   A lead of 09:05:00 that goes through a spreadsheet returns as one of 09:04:59: a join over the time finds nothing, and the same lead
#           is taken for another. Round what is read: new Date(Math.round(date / 1000) * 1000).
#
# Seen      2026-01-01T00:00:01.000Z is 46023.00001157407 in its cell and read as 2026-01-01T00:00:00.999Z, a rounding reader has 2026-01-01T00:00:01.000Z
#           2026-11-29T06:38:33.000Z is 46355.276770833334 in its cell and read as 2026-11-29T06:38:33.000Z, a rounding reader has 2026-11-29T06:38:33.000Z
#           of the 1440 minutes of a day 448 are read as the minute before, of the 86400 seconds 26368 as the second before; a rounding reader has all
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

const day = 86_400_000;
// The same time in two cells: one that is shown as a time, and one that is shown as the number that it is in the file.
async function roundTrip(times) {
	const cells = (time) => ['yyyy-mm-dd hh:mm:ss', '0.00'].map((format) => ({ value: new Date(time), type: Date, format }));
	const rows = await readSheet(await writeExcelFile(times.map(cells)).toBuffer());
	return rows.map(([date, serial], at) => ({
		written: times[at],
		read: date.getTime(),
		serial,
		rounded: Math.round((serial - 25_569) * day),
	}));
}
const text = (time) => new Date(time).toISOString();

const few = await roundTrip(['2026-01-01T00:00:01Z', '2026-11-29T06:38:33Z'].map(Date.parse));
for (const { written, read, serial, rounded } of few)
	console.log(`${text(written)} is ${serial} in its cell and read as ${text(read)}, a rounding reader has ${text(rounded)}`);
assert.deepEqual(few.map(({ written, read }) => read - written), [-1, 0]);

const start = Date.parse('2026-11-29T00:00:00Z');
const all = await roundTrip(Array.from({ length: day / 1000 }, (_, second) => start + second * 1000));
const early = all.filter(({ written, read }) => read === written - 1);
const minutes = early.filter(({ written }) => written % 60_000 === 0);
console.log(
	`of the 1440 minutes of a day ${minutes.length} are read as the minute before, of the ${all.length} seconds ${early.length} as the second before; ` +
		`a rounding reader has ${all.every(({ written, rounded }) => rounded === written) ? 'all' : 'not all'}`,
);
assert.equal(minutes.length, 448);
assert.equal(early.length, 26_368);
assert.ok(all.every(({ written, rounded }) => rounded === written));
JS
node probe.mjs
