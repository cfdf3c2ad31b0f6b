#!/usr/bin/env bash
# A mail whose Date cannot be read is given the time at which it is parsed, as if it had been sent then.
#
# Package   mailparser 3.14.2 (npm)
# Expected  `date` is undefined, as it is for a mail without the header, or an invalid Date.
# Really    It is the present, new at each parsing, and nothing in the result tells. That befalls what RFC 5322 allows in its obsolete form (spaces
#           around the colons, the zone A) and what mail programs write all the same: CET, MEZ, the German form. The RFC wants an unknown
#           zone read as UTC. (Said by the author in an issue, not in the documentation.)
# Matters   A mailbox of leads that is read anew, after a restart or for an import, shows year-old leads as of today: they come first,
#           are counted in this week, and match nothing that was read before. Read `headerLines` and parse it yourself.
#
# Seen      no Date at all: undefined
#           Fri, 28 Nov 2025 06:00:00 +0100: 2025-11-28T05:00:00.000Z
#           Fri, 28 Nov 2025 06:00:00 EST: 2025-11-28T11:00:00.000Z
#           Fri, 28 Nov 2025 06 : 00 : 00 +0100: the time of parsing
#           Fri, 28 Nov 2025 06:00:00 A: the time of parsing
#           Fri, 28 Nov 2025 06:00:00 CET: the time of parsing
#           Fri, 28 Nov 2025 06:00:00 MEZ: the time of parsing
#           28.11.2025 06:00: the time of parsing
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock mailparser@3.14.2 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { simpleParser } = require('mailparser');

async function read(date) {
	const start = Date.now();
	const header = date === undefined ? '' : `Date: ${date}\r\n`;
	const mail = await simpleParser(`From: ada@contoso.com\r\n${header}Subject: Lead\r\n\r\nHello\r\n`);
	const now = mail.date >= start && mail.date <= Date.now();
	const seen = now ? 'the time of parsing' : mail.date?.toISOString();
	console.log(`${date ?? 'no Date at all'}: ${seen}`);
	return seen;
}

async function probe() {
	assert.equal(await read(undefined), undefined);
	assert.equal(await read('Fri, 28 Nov 2025 06:00:00 +0100'), '2025-11-28T05:00:00.000Z');
	assert.equal(await read('Fri, 28 Nov 2025 06:00:00 EST'), '2025-11-28T11:00:00.000Z');
	assert.equal(await read('Fri, 28 Nov 2025 06 : 00 : 00 +0100'), 'the time of parsing');
	assert.equal(await read('Fri, 28 Nov 2025 06:00:00 A'), 'the time of parsing');
	assert.equal(await read('Fri, 28 Nov 2025 06:00:00 CET'), 'the time of parsing');
	assert.equal(await read('Fri, 28 Nov 2025 06:00:00 MEZ'), 'the time of parsing');
	assert.equal(await read('28.11.2025 06:00'), 'the time of parsing');
}
probe();
JS
node probe.cjs
