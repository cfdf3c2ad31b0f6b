#!/usr/bin/env bash
# A queue message whose text is twenty digits reaches its function as another number.
#
# Package   @azure/functions 4.16.5 (npm)
# Expected  What is sent as text arrives as text; that a message of JSON is parsed is documented for objects.
# Really    The library tries JSON.parse on each message. Digits alone are JSON, so that a text of digits comes as a number, rounded where
#           it is longer than a number can tell; `1e5` comes as 100000 and `true` as a boolean. With a leading zero it stays text.
# Matters   An id of digits, or a phone number without its plus, works in every test with letters in it and is silently another id in
#           production. Send an object, and ids in it as strings.
#
# Seen      "12345678901234567890" arrives as number 12345678901234567000
#           "4917112345678" arrives as number 4917112345678
#           "1e5" arrives as number 100000
#           "true" arrives as boolean true
#           "007" arrives as string "007"
#           "lead-7" arrives as string "lead-7"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @azure/functions@4.16.5 >/dev/null

# The library asks for this module, which in Azure the Functions worker provides; here it only keeps what the library registers.
mkdir -p node_modules/@azure/functions-core
cat >node_modules/@azure/functions-core/index.js <<'JS'
exports.version = '3.9.1';
exports.hostVersion = '4.0.0';
exports.functions = [];
exports.registerFunction = (metadata, callback) => exports.functions.push({ metadata, callback });
exports.setProgrammingModel = (model) => { exports.model = model; };
exports.getProgrammingModel = () => exports.model;
exports.registerHook = () => ({ dispose() {} });
exports.log = () => {};
exports.Disposable = class {};
JS

cat >probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { app } = require('@azure/functions');
const core = require('@azure/functions-core');

let received;
app.storageQueue('LeadBell', { queueName: 'bells', connection: 'Storage', handler: (message) => { received = message; } });
const [{ metadata, callback }] = core.functions;

/** One invocation, as the worker makes it when the host hands it a message of this text. */
async function arrives(text) {
	const [name] = Object.keys(metadata.bindings);
	const request = { inputData: [{ name, data: { string: text } }], triggerMetadata: {} };
	const invocation = core.model.getInvocationModel({ invocationId: '1', functionId: '1', metadata, request, log() {} });
	const { context, inputs } = await invocation.getArguments();
	await invocation.invokeFunction(context, inputs, callback);
	console.log(`${JSON.stringify(text)} arrives as ${typeof received} ${JSON.stringify(received)}`);
	return received;
}

async function probe() {
	assert.equal(await arrives('12345678901234567890'), 12345678901234567000);
	assert.equal(await arrives('4917112345678'), 4917112345678);
	assert.equal(await arrives('1e5'), 100000);
	assert.equal(await arrives('true'), true);
	assert.equal(await arrives('007'), '007');
	assert.equal(await arrives('lead-7'), 'lead-7');
}
probe();
JS
node probe.cjs
