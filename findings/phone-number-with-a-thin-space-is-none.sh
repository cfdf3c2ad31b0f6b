#!/usr/bin/env bash
# A phone number whose groups are kept apart by a narrow no-break space, a thin space, a tab or a line end is no phone number.
#
# Package   libphonenumber-js 1.13.16 (npm)
# Expected  Any white space between the groups of a number is one, as a space and a no-break space are.
# Really    The parser has a list of what may stand between digits: space, no-break space, the ideographic space, zero width space, word joiner,
#           soft hyphen, dashes, brackets, dot, slash, tilde. What is not in it ends the search; there is no result, not even an invalid one.
#           The marks of writing direction are harmless around the number and as harmful within it.
# Matters   Thin and narrow spaces are how typography writes numbers, and what a web page or a PDF hands to the clipboard. The lead has a phone
#           number that a person can read, and the CRM gets none. Replace /[\s\p{Cf}]+/gu by a space first.
#
# Seen      U+0020 space                  +498931760, cleaned +498931760
#           U+00A0 no-break space         +498931760, cleaned +498931760
#           U+3000 ideographic space      +498931760, cleaned +498931760
#           U+200B zero width space       +498931760, cleaned +498931760
#           U+202F narrow no-break space  none, cleaned +498931760
#           U+2009 thin space             none, cleaned +498931760
#           U+0009 tab                    none, cleaned +498931760
#           U+000A line feed              none, cleaned +498931760
#           U+200E left-to-right mark     none, cleaned +498931760
#           U+202A and U+202C around it   +498931760
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock libphonenumber-js@1.13.16 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

const read = (text) => parsePhoneNumberFromString(text, 'DE')?.number ?? 'none';
for (const [code, name, expected] of [
	[0x20, 'space', '+498931760'],
	[0xa0, 'no-break space', '+498931760'],
	[0x3000, 'ideographic space', '+498931760'],
	[0x200b, 'zero width space', '+498931760'],
	[0x202f, 'narrow no-break space', 'none'],
	[0x2009, 'thin space', 'none'],
	[0x09, 'tab', 'none'],
	[0x0a, 'line feed', 'none'],
	[0x200e, 'left-to-right mark', 'none'],
]) {
	const text = ['+49', '89', '31760'].join(String.fromCodePoint(code));
	const number = read(text);
	const cleaned = read(text.replace(/[\s\p{Cf}]+/gu, ' '));
	console.log(`${`U+${code.toString(16).toUpperCase().padStart(4, '0')} ${name}`.padEnd(29)} ${number}, cleaned ${cleaned}`);
	assert.equal(number, expected);
	assert.equal(cleaned, '+498931760');
}
const around = read('\u202a+49 89 31760\u202c');
console.log(`${'U+202A and U+202C around it'.padEnd(29)} ${around}`);
assert.equal(around, '+498931760');
JS
node probe.mjs
