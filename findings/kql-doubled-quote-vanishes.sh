#!/usr/bin/env bash
# In a KQL text, a doubled quote is no quote: the query is valid and looks for another name.
#
# Package   @kusto/language-service-next 12.4.1 (npm), Microsoft's own parser of the language
# Expected  'O''Brien' is O'Brien, as in OData, SQL and CSV, or it is a syntax error, as it is in most languages with a backslash escape.
# Really    Two literals side by side are one text, so that it is OBrien, without any diagnostic. The escape is a backslash; a quote is
#           doubled in a verbatim literal, which begins with @.
# Matters   Whoever builds a filter for the table store doubles the quotes, and the same function used for a log query finds nothing: a
#           search for a person in the logs, for an answer to "what do you know of me", comes back empty and looks complete.
#
# Seen      'O''Brien'  is OBrien, 0 diagnostics
#           'O\'Brien'  is O'Brien, 0 diagnostics
#           @'O''Brien' is O'Brien, 0 diagnostics
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @kusto/language-service-next@12.4.1 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
require('@kusto/language-service-next/bridge.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.js');
const { GlobalState, KustoCode } = globalThis.Kusto.Language;

/** The constant that is compared with in a query which the parser has checked. */
function constantIn(node) {
	for (let at = 0; at < node.ChildCount; at++) {
		const child = node.GetChild(at);
		if (!child) continue;
		const found = child.ConstantValue ?? constantIn(child);
		if (found !== undefined) return found;
	}
}

function textOf(literal) {
	const code = KustoCode.ParseAndAnalyze(`datatable (name: string) [] | where name == ${literal}`, GlobalState.Default);
	const diagnostics = code.GetDiagnostics().Count;
	const text = constantIn(code.Syntax);
	console.log(`${literal.padEnd(11)} is ${text}, ${diagnostics} diagnostics`);
	return `${text}, ${diagnostics}`;
}
assert.equal(textOf(`'O''Brien'`), 'OBrien, 0');
assert.equal(textOf(String.raw`'O\'Brien'`), "O'Brien, 0");
assert.equal(textOf(`@'O''Brien'`), "O'Brien, 0");
JS
node probe.cjs
