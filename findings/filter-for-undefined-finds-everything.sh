#!/usr/bin/env bash
# A filter for an address that is undefined is no filter: the query asks for every record.
#
# Package   odata-query 8.1.0 (npm)
# Expected  A condition that has no value finds nothing, or throws: null does give "email eq null".
# Really    The condition is left out, also within `or`, where the other conditions then decide alone, and as {eq: undefined}. With no
#           condition left there is no $filter at all. (Its authors want it so, for optional filters; its README does not say it.)
# Matters   "Is there a contact with this address?", asked for a lead without one, is answered with all contacts. With $top=1 the lead
#           is put to the first contact of the CRM, whoever that is. Check the value before the query is built.
#
# Seen      {email:"ada@contoso.com"} -> ?$filter=email eq 'ada%40contoso.com'&$top=1
#           {email:null} -> ?$filter=email eq null&$top=1
#           {email:undefined} -> ?$top=1
#           {email:{eq:undefined}} -> ?$top=1
#           {email:undefined,state:0} -> ?$filter=state eq 0&$top=1
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock odata-query@8.1.0 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { inspect } = require('node:util');
const { default: buildQuery } = require('odata-query');

function query(filter) {
	const built = buildQuery({ filter, top: 1 });
	console.log(`${inspect(filter, { breakLength: 200 }).replaceAll(' ', '').replaceAll("'", '"')} -> ${built}`);
	return built;
}
assert.equal(query({ email: 'ada@contoso.com' }), "?$filter=email eq 'ada%40contoso.com'&$top=1");
assert.equal(query({ email: null }), '?$filter=email eq null&$top=1');
assert.equal(query({ email: undefined }), '?$top=1');
assert.equal(query({ email: { eq: undefined } }), '?$top=1');
assert.equal(query({ email: undefined, state: 0 }), '?$filter=state eq 0&$top=1');
JS
node probe.cjs
