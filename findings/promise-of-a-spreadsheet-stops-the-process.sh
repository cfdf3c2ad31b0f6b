#!/usr/bin/env bash
# `await writeExcelFile(rows).toBuffer()` lets nothing else run until a large sheet is ready.
#
# Package   write-excel-file 4.1.1 (npm), in its version for Node.js
# Expected  A method that returns a promise, for work that takes a second, lets timers and requests run meanwhile; at least compressing can
#           be done by zlib in another thread.
# Really    The promise is a formality. The sheet is built before it is returned, and is then compressed by JavaScript in the same thread (for
#           browsers the package has it done in others). A timer of 5 ms, set before, does not fire once until the file is there.
# Matters   A process that exports 5,000 leads answers no request for a second or two: the health check fails, the lead that arrives in that
#           second waits. Write in a worker thread, or in a process of its own.
#
# Seen      (the times are those of one run)
#           35 cells: a promise true, 4 ms until it was returned and 16 ms until it was fulfilled, 0 ticks of a timer of 5 ms meanwhile
#           175000 cells: a promise true, 643 ms until it was returned and 1080 ms until it was fulfilled, 0 ticks of a timer of 5 ms meanwhile
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock write-excel-file@4.1.1 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import writeExcelFile from 'write-excel-file/node';

async function write(count) {
	const rows = Array.from({ length: count }, (_, row) =>
		Array.from({ length: 35 }, (_, column) => ({ value: `row ${row} column ${column}`, type: String })),
	);
	let ticks = 0;
	const timer = setInterval(() => ticks++, 5);
	await sleep(50);
	assert.ok(ticks > 0, 'the timer works');

	ticks = 0;
	const started = performance.now();
	const promise = writeExcelFile(rows).toBuffer();
	const returned = Math.round(performance.now() - started);
	await promise;
	const took = Math.round(performance.now() - started);
	clearInterval(timer);
	console.log(
		`${count * 35} cells: a promise ${promise instanceof Promise}, ${returned} ms until it was returned and ${took} ms until it was fulfilled, ` +
			`${ticks} ticks of a timer of 5 ms meanwhile`,
	);
	return { ticks, took };
}
await write(1);
const { ticks, took } = await write(5000);
// One tick in fifty that would have been due is generous: a writer that yields at all has more.
assert.ok(ticks <= took / 5 / 50, 'the timer ran meanwhile');
JS
node probe.mjs
