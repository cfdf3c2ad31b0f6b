#!/usr/bin/env bash
# A time that the schema calls valid is an Invalid Date in JavaScript.
#
# Packages  ajv 8.20.0 and ajv-formats 3.0.1 (npm)
# Expected  What has passed `format: date-time` can be given to new Date(): the format is RFC 3339, a narrow form of what JavaScript reads.
# Really    The check allows more: the leap second, as the RFC does, which JavaScript does not read, and an offset without minutes, which
#           is ISO 8601 but not of the RFC. Both become an Invalid Date, without an error.
# Matters   The lead passes the check at the door. Later toISOString() throws, or worse: each comparison with NaN is false, so that the
#           lead is neither due nor expired, and stays where it is. Check Number.isNaN(date.getTime()) behind the schema.
#
# Seen      2026-11-29T06:00:00Z       valid: true, 2026-11-29T06:00:00.000Z
#           2026-11-29T06:00:00+01:00  valid: true, 2026-11-29T05:00:00.000Z
#           2026-11-29T06:00:00+01     valid: true, Invalid Date
#           2026-12-31T23:59:60Z       valid: true, Invalid Date
#           2027-01-01T00:59:60+01:00  valid: true, Invalid Date
#           2026-02-29T06:00:00Z       valid: false, 2026-03-01T06:00:00.000Z
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock ajv@8.20.0 ajv-formats@3.0.1 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { default: Ajv } = require('ajv');
const { default: addFormats } = require('ajv-formats');

const check = addFormats(new Ajv()).compile({ type: 'string', format: 'date-time' });
function read(text) {
	const date = new Date(text);
	const seen = `valid: ${check(text)}, ${Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString()}`;
	console.log(`${text.padEnd(25)}  ${seen}`);
	return seen;
}
assert.equal(read('2026-11-29T06:00:00Z'), 'valid: true, 2026-11-29T06:00:00.000Z');
assert.equal(read('2026-11-29T06:00:00+01:00'), 'valid: true, 2026-11-29T05:00:00.000Z');
assert.equal(read('2026-11-29T06:00:00+01'), 'valid: true, Invalid Date');
assert.equal(read('2026-12-31T23:59:60Z'), 'valid: true, Invalid Date');
assert.equal(read('2027-01-01T00:59:60+01:00'), 'valid: true, Invalid Date');
assert.equal(read('2026-02-29T06:00:00Z'), 'valid: false, 2026-03-01T06:00:00.000Z');
JS
node probe.cjs
