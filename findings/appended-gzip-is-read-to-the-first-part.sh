#!/usr/bin/env bash
# Of a gzip file that was written in parts, gunzipSync returns the first part and no error.
#
# Package   fflate 0.8.3 (npm)
# Expected  A gzip file is a row of members, and reading it gives them all, one after the other (RFC 1952): so do gzip, zlib of Node.js, and
#           the streaming Gunzip of this very package, since 0.8.0.
# Really    gunzipSync, gunzip with a callback and decompressSync read the first member, into as many bytes as the end of the file says: if the
#           last member is the shorter one, even the first is cut. (A pull request for it is open.)
# Matters   Logs and exports are appended to in gzip, a member for each hour or run. Whoever reads a month of leads gets those of its first
#           hour. Use the streaming class, or zlib.
#
# Seen      zlib of Node.js: "Ada,1\nBob,2\n"
#           Gunzip: "Ada,1\nBob,2\n"
#           gunzipSync: "Ada,1\n"
#           decompressSync: "Ada,1\n"
#           gunzipSync, a shorter last part: "Ada"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock fflate@0.8.3 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { gunzipSync, gzipSync } = require('node:zlib');
const fflate = require('fflate');

const file = Buffer.concat([gzipSync('Ada,1\n'), gzipSync('Bob,2\n')]);
const shorter = Buffer.concat([gzipSync('Ada,1\n'), gzipSync('B,2')]);
function stream(data) {
	const parts = [];
	new fflate.Gunzip((part) => parts.push(part)).push(data, true);
	return Buffer.concat(parts);
}
function read(label, bytes) {
	const text = Buffer.from(bytes).toString();
	console.log(`${label}: ${JSON.stringify(text)}`);
	return text;
}
assert.equal(read('zlib of Node.js', gunzipSync(file)), 'Ada,1\nBob,2\n');
assert.equal(read('Gunzip', stream(file)), 'Ada,1\nBob,2\n');
assert.equal(read('gunzipSync', fflate.gunzipSync(file)), 'Ada,1\n');
assert.equal(read('decompressSync', fflate.decompressSync(file)), 'Ada,1\n');
assert.equal(read('gunzipSync, a shorter last part', fflate.gunzipSync(shorter)), 'Ada');
JS
node probe.cjs
