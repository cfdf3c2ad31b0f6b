#!/usr/bin/env bash
# In a list of leads, the one without a phone is shown with the phone of the page around the list.
#
# Package   mustache 4.2.0 (npm)
# Expected  Within {{#leads}} the names are those of a lead; what it does not have is empty.
# Really    A name that the lead lacks is looked up in what is around it, out to the top. With `phone: null`, or '', or undefined, the search
#           ends and the place is empty; JSON that leaves empty members out makes the difference. (It is the specification of Mustache.)
# Matters   A mail that has the publisher's own `phone`, `email` or `company` at the top, in its footer, prints them as the lead's. Nobody
#           notices, for it looks like a phone number. Give each member a value, or name the two apart.
#
# Seen      Ada (phone "+1 425 555 0100"): +1 425 555 0100
#           Bob (no phone): +49 89 31760
#           Eve (phone null): empty
#           Dan (phone undefined): empty
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock mustache@4.2.0 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { render } = require('mustache');

const leads = [{ name: 'Ada', phone: '+1 425 555 0100' }, { name: 'Bob' }, { name: 'Eve', phone: null }, { name: 'Dan', phone: undefined }];
const lines = render('{{#leads}}{{phone}}\n{{/leads}}', { company: 'Contoso', phone: '+49 89 31760', leads }).split('\n');
for (const [at, lead] of leads.entries()) {
	const has = 'phone' in lead ? `phone ${JSON.stringify(lead.phone)}` : 'no phone';
	console.log(`${lead.name} (${has}): ${lines[at] || 'empty'}`);
}
assert.deepEqual(lines.slice(0, 4), ['+1 425 555 0100', '+49 89 31760', '', '']);
JS
node probe.cjs
