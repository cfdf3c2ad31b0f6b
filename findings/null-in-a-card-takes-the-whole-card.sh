#!/usr/bin/env bash
# A lead whose phone is null gets no card at all; one without a phone gets a card that says "${phone}".
#
# Packages  adaptivecards-templating 2.3.1 and adaptive-expressions 4.23.3 (npm)
# Expected  A value that is not there is shown as nothing, be it missing, null or empty, as it is in most languages for templates.
# Really    Missing: the expression stays in the text, as documented, for another program might fill it in. Null, within a text: expand() throws
#           a TypeError that names neither the member nor its place, and there is no card. Null alone in a text is null in the card.
#           With coalesce() the null is replaced; the missing one still is not.
# Matters   The first lead without a phone is one that nobody hears of, or whose card in the channel shows the insides of the template.
#           Give every member of the template a text before it is expanded.
#
# Seen      "Phone: ${phone}" with {"phone":"1"} -> "Phone: 1"
#           "Phone: ${phone}" with {"phone":""} -> "Phone: "
#           "Phone: ${phone}" with {} -> "Phone: ${phone}"
#           "Phone: ${phone}" with {"phone":null} -> TypeError: Cannot read properties of null (reading 'toString')
#           "${phone}" with {"phone":null} -> null
#           "Phone: ${coalesce(phone, '-')}" with {"phone":null} -> "Phone: -"
#           "Phone: ${coalesce(phone, '-')}" with {} -> "Phone: ${phone}"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock adaptivecards-templating@2.3.1 adaptive-expressions@4.23.3 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { Template } = require('adaptivecards-templating');

function expand(text, lead) {
	let seen;
	try {
		const card = new Template({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }] }).expand({ $root: lead });
		seen = JSON.stringify(card.body[0].text);
	} catch (error) {
		seen = String(error);
	}
	console.log(`"${text}" with ${JSON.stringify(lead)} -> ${seen}`);
	return seen;
}
assert.equal(expand('Phone: ${phone}', { phone: '1' }), '"Phone: 1"');
assert.equal(expand('Phone: ${phone}', { phone: '' }), '"Phone: "');
assert.equal(expand('Phone: ${phone}', {}), '"Phone: ${phone}"');
assert.match(expand('Phone: ${phone}', { phone: null }), /^TypeError: /);
assert.equal(expand('${phone}', { phone: null }), 'null');
assert.equal(expand("Phone: ${coalesce(phone, '-')}", { phone: null }), '"Phone: -"');
assert.equal(expand("Phone: ${coalesce(phone, '-')}", {}), '"Phone: ${phone}"');
JS
node probe.cjs
