#!/usr/bin/env bash
# anna-maria@yahoo.com and anna-lena@yahoo.com become one address when they are normalized, and it is a third person's.
#
# Package   validator 13.15.35 (npm)
# Expected  normalizeEmail makes addresses of the same mailbox equal: upper and lower case, `+tag`, the dots at gmail.com.
# Really    At the domains of Yahoo it takes off the last hyphen and what follows, since that once set off a "disposable" address there. A hyphen
#           is also what joins a double name, and nothing in the address tells which it is. (Documented, as yahoo_remove_subaddress: true.)
# Matters   Used to find duplicates, it takes the second Anna for the first and drops her lead; used for what is stored, the reply goes to
#           anna@yahoo.com, a stranger. Set yahoo_remove_subaddress to false, and store the address as it came.
#
# Seen      anna-maria@yahoo.com -> anna@yahoo.com
#           anna-lena@yahoo.com -> anna@yahoo.com
#           jean-pierre-martin@yahoo.fr -> jean-pierre@yahoo.fr
#           anna-maria@outlook.com -> anna-maria@outlook.com
#           anna-maria@yahoo.com, without the option -> anna-maria@yahoo.com
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock validator@13.15.35 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { normalizeEmail } = require('validator');

function normalize(address, options) {
	const normalized = normalizeEmail(address, options);
	console.log(`${address}${options ? ', without the option' : ''} -> ${normalized}`);
	return normalized;
}
assert.equal(normalize('anna-maria@yahoo.com'), 'anna@yahoo.com');
assert.equal(normalize('anna-lena@yahoo.com'), 'anna@yahoo.com');
assert.equal(normalize('jean-pierre-martin@yahoo.fr'), 'jean-pierre@yahoo.fr');
assert.equal(normalize('anna-maria@outlook.com'), 'anna-maria@outlook.com');
assert.equal(normalize('anna-maria@yahoo.com', { yahoo_remove_subaddress: false }), 'anna-maria@yahoo.com');
JS
node probe.cjs
