#!/usr/bin/env bash
# With relax_quotes, a quote at the end of a quoted field takes the next row into that field, and nothing is thrown.
#
# Package   csv-parse 7.0.3 (npm)
# Expected  The option is for files whose writer did not double the quotes inside of fields: such a quote is kept, the rows stay.
# Really    It depends on what follows the quote. In the middle of a field it is kept, and the field's outer quotes become part of the value.
#           As the field's last character it reads as a doubled quote: the field goes on, over the line end, to a quote in a later row.
#           Before a comma of the text it ends the field. Without the option each of the three files is refused.
# Matters   The option turns an error into leads that are wrong: here Ada has the row of Bob in her note, and Bob does not exist. Where the
#           columns happen to be as many as before, as here, no check of their number notices. Leave it off and show the error.
#
# Seen      Ada,"a "new" screen",1 | Bob,"b",2
#             strict  CSV_INVALID_CLOSING_QUOTE
#             relaxed [["Ada","\"a \"new\" screen\"","1"],["Bob","b","2"]]
#           Ada,"screen of 24"",1 | Bob,"b",2
#             strict  CSV_INVALID_CLOSING_QUOTE
#             relaxed [["Ada","\"screen of 24\",1\nBob,\"b\"","2"]]
#           Ada,"said "yes", twice" | Bob,"b",2
#             strict  CSV_INVALID_CLOSING_QUOTE
#             relaxed [["Ada","\"said \"yes\""," twice\""],["Bob","b","2"]]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock csv-parse@7.0.3 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const bob = ['Bob', 'b', '2'];
for (const [row, expected] of [
	['Ada,"a "new" screen",1', [['Ada', '"a "new" screen"', '1'], bob]],
	['Ada,"screen of 24"",1', [['Ada', '"screen of 24",1\nBob,"b"', '2']]],
	['Ada,"said "yes", twice"', [['Ada', '"said "yes"', ' twice"'], bob]],
]) {
	const rows = [row, 'Bob,"b",2'];
	console.log(rows.join(' | '));
	assert.throws(
		() => parse(rows.join('\n')),
		({ code }) => {
			console.log(`  strict  ${code}`);
			return code === 'CSV_INVALID_CLOSING_QUOTE';
		},
	);
	const relaxed = parse(rows.join('\n'), { relax_quotes: true });
	console.log(`  relaxed ${JSON.stringify(relaxed)}`);
	assert.deepEqual(relaxed, expected);
}
JS
node probe.mjs
