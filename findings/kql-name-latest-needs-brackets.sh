#!/usr/bin/env bash
# A column that a KQL query itself names "latest" is a syntax error; "Latest", "newest" and "last" are not.
#
# Package   @kusto/language-service-next 12.4.1 (npm), Microsoft's own parser of the language
# Expected  A name that is given with `latest = …` can be used in the next line, as any other name; the list of operators and functions has
#           no "latest", and the assignment itself is no error in other languages with soft keywords.
# Really    The word is a keyword of graph queries. It must be written ['latest'] where it is given and where it is used; the same word with a
#           capital is a plain name.
# Matters   An alert rule is deployed without its query being checked (skipQueryValidation is needed while a workspace has no tables), and then
#           fails in silence: the alert that is to say "nothing was logged for an hour" is itself never evaluated.
#
# Seen      latest     1 diagnostics
#           ['latest'] 0 diagnostics
#           Latest     0 diagnostics
#           newest     0 diagnostics
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @kusto/language-service-next@12.4.1 >/dev/null

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { GlobalState, KustoCode } = globalThis.Kusto.Language;

function problemsOf(name) {
	const query = `datatable (seen: datetime) [datetime(2026-11-28)] | summarize ${name} = max(seen) | where ${name} < ago(1h)`;
	const { Count } = KustoCode.ParseAndAnalyze(query, GlobalState.Default).GetDiagnostics();
	console.log(`${name.padEnd(10)} ${Count} diagnostics`);
	return Count;
}
assert.notEqual(problemsOf('latest'), 0);
for (const name of [`['latest']`, 'Latest', 'newest']) assert.equal(problemsOf(name), 0);
JS
node probe.cjs
