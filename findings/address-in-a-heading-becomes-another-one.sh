#!/usr/bin/env bash
# An address or a key that stands in a heading of an HTML mail is another one in the mail's text.
#
# Package   html-to-text 10.0.1 (npm)
# Expected  The text of a mail has the words of its HTML; how a heading looks is made with lines around it.
# Really    Headings, and the head cells of a table that is laid out as a data table, are put into capitals, values included: ß becomes SS,
#           so that even the domain is another, and a key in which the case counts is lost. (Documented: `uppercase` is true by default.)
# Matters   The reader who sees the text part answers to an address that does not exist and types a code that is refused, and no test that
#           looks at the HTML shows it. Set `uppercase: false` for h1 to h6, and uppercaseHeaderCells: false for tables.
#
# Seen      <p> Key aB3x, anna@straße.example
#           <h1> KEY AB3X, ANNA@STRASSE.EXAMPLE
#           <h1>, uppercase: false Key aB3x, anna@straße.example
#           <th> of a data table KEY AB3X, ANNA@STRASSE.EXAMPLE
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock html-to-text@10.0.1 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { convert } = require('html-to-text');

const text = 'Key aB3x, anna@straße.example';
function read(label, html, options) {
	const converted = convert(html, options);
	console.log(`${label} ${converted}`);
	return converted;
}
const calm = { selectors: [{ selector: 'h1', options: { uppercase: false } }] };
const table = { selectors: [{ selector: 'table', format: 'dataTable' }] };
assert.equal(read('<p>', `<p>${text}</p>`), text);
assert.equal(read('<h1>', `<h1>${text}</h1>`), 'KEY AB3X, ANNA@STRASSE.EXAMPLE');
assert.equal(read('<h1>, uppercase: false', `<h1>${text}</h1>`, calm), text);
assert.equal(read('<th> of a data table', `<table><tr><th>${text}</th></tr></table>`, table), 'KEY AB3X, ANNA@STRASSE.EXAMPLE');
JS
node probe.cjs
