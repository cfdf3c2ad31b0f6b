#!/usr/bin/env bash
# A German number that has its country code already, without a plus, gets the code a second time and is called valid.
#
# Package   libphonenumber-js 1.13.16 (npm), with its full metadata
# Expected  4917112345678 with the default country DE is read as +49 171 12345678, or is called invalid: 33612345678 with FR, 447911123456
#           with GB and 16175555555 with US are read as what they are.
# Really    It becomes +49 4917112345678, and isValid() says true, with the type FIXED_LINE: German numbers may be so long that the doubled one
#           is possible too.
# Matters   The documented sample lead of the marketplace has its phone in this form, country code and no plus. Who trusts isValid() gives
#           sales a number that reaches nobody, in the very place where it could have been caught. Take a reading only when reading with a
#           plus before it agrees, and show the number as it came beside it.
#
# Seen      4917112345678 DE -> +494917112345678 valid: true FIXED_LINE
#           33612345678 FR -> +33612345678 valid: true MOBILE
#           447911123456 GB -> +447911123456 valid: true MOBILE
#           16175555555 US -> +16175555555 valid: true FIXED_LINE_OR_MOBILE
#           +4917112345678 DE -> +4917112345678 valid: true MOBILE
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock libphonenumber-js@1.13.16 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

function read(text, country) {
	const phone = parsePhoneNumberFromString(text, country);
	const reading = `${phone.number} valid: ${phone.isValid()} ${phone.getType()}`;
	console.log(`${text} ${country} -> ${reading}`);
	return reading;
}
assert.equal(read('4917112345678', 'DE'), '+494917112345678 valid: true FIXED_LINE');
assert.equal(read('33612345678', 'FR'), '+33612345678 valid: true MOBILE');
assert.equal(read('447911123456', 'GB'), '+447911123456 valid: true MOBILE');
assert.equal(read('16175555555', 'US'), '+16175555555 valid: true FIXED_LINE_OR_MOBILE');
assert.equal(read('+4917112345678', 'DE'), '+4917112345678 valid: true MOBILE');
JS
node probe.mjs
