#!/usr/bin/env bash
# The English country names that JavaScript itself writes are not all understood by the country library.
#
# Package   i18n-iso-countries 7.14.0 (npm); the names are those of Intl.DisplayNames in Node.js
# Expected  What `new Intl.DisplayNames('en', { type: 'region' })` writes for a code leads back to that code: both follow ISO 3166 and name
#           countries for people, and the library has spare spellings for many.
# Really    About one name in seven leads to nothing, among them Hong Kong SAR China, Bosnia & Herzegovina, Côte d’Ivoire (with the
#           typographic apostrophe), Syria, Moldova, Laos, Brunei and Myanmar (Burma).
# Matters   A form whose list of countries comes from the browser, and a receiver that looks the code up with this library, lose the
#           country of every lead from there, and with it the rule that says who gets the lead. Build the reverse table from Intl too.
#
# Seen      Germany -> DE
#           Hong Kong SAR China -> undefined
#           Bosnia & Herzegovina -> undefined
#           Côte d’Ivoire -> undefined
#           Syria -> undefined
#           Moldova -> undefined
#           Myanmar (Burma) -> undefined
#           36 of 250 names are unknown (Node.js 20.20.2 with ICU 78.2; the script asks for 30 at least, since ICU moves)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock i18n-iso-countries@7.14.0 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const countries = require('i18n-iso-countries');

const names = new Intl.DisplayNames('en', { type: 'region' });
const read = (code) => countries.getAlpha2Code(names.of(code), 'en');
for (const code of ['DE', 'HK', 'BA', 'CI', 'SY', 'MD', 'MM']) {
	console.log(`${names.of(code)} -> ${read(code)}`);
	assert.equal(read(code), code === 'DE' ? 'DE' : undefined);
}
const codes = Object.keys(countries.getAlpha2Codes());
const unknown = codes.filter((code) => read(code) === undefined);
console.log(`${unknown.length} of ${codes.length} names are unknown`);
assert.ok(unknown.length >= 30);
JS
node probe.cjs
