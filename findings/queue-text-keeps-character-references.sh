#!/usr/bin/env bash
# The queue client hands out `&#252;` as six characters of text, where any XML parser gives ü.
#
# Package   @azure/storage-queue 12.32.0 (npm)
# Expected  A queue's answer is XML, so that `M&#252;ller` in it is the text "Müller". Such a reference is also XML's only way to
#           carry a carriage return: a bare one becomes a line feed when it is read.
# Really    The five named references (&lt; &gt; &amp; &quot; &apos;) are decoded, the numeric ones are not: the text of the message has
#           "&#252;" in it, and "&#13;" in place of the carriage return.
# Matters   Whatever answers for the queue may write a character so; Azurite 3.37.0 does for the line ends of Windows. A lead that was sent
#           as plain text comes back as another text, and a hash or a signature over it fails. Put base64 into a message.
#
# Seen      Contoso &lt;Ltd&gt; &amp; Co.   -> "Contoso <Ltd> & Co."
#           M&#252;ller                     -> "M&#252;ller"
#           M&#xFC;ller                     -> "M&#xFC;ller"
#           line one&#13;line two           -> "line one&#13;line two"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock @azure/storage-queue@12.32.0 >/dev/null

cat >probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { QueueClient, StorageSharedKeyCredential } from '@azure/storage-queue';

let text = '';
const server = createServer((_, response) => {
	response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="utf-8"?>
<QueueMessagesList><QueueMessage><MessageId>1</MessageId><PopReceipt>1</PopReceipt><DequeueCount>1</DequeueCount>
<InsertionTime>Fri, 02 Jan 2026 10:00:00 GMT</InsertionTime><ExpirationTime>Fri, 09 Jan 2026 10:00:00 GMT</ExpirationTime>
<TimeNextVisible>Fri, 02 Jan 2026 10:00:30 GMT</TimeNextVisible><MessageText>${text}</MessageText></QueueMessage></QueueMessagesList>`);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const queue = new QueueClient(`http://127.0.0.1:${server.address().port}/contoso/leads`, new StorageSharedKeyCredential('contoso', 'a2V5'));

async function received(xml) {
	text = xml;
	const { receivedMessageItems } = await queue.receiveMessages();
	console.log(`${xml.padEnd(31)} -> ${JSON.stringify(receivedMessageItems[0].messageText)}`);
	return receivedMessageItems[0].messageText;
}
assert.equal(await received('Contoso &lt;Ltd&gt; &amp; Co.'), 'Contoso <Ltd> & Co.');
for (const numeric of ['M&#252;ller', 'M&#xFC;ller', 'line one&#13;line two']) assert.equal(await received(numeric), numeric);
server.close();
JS
NO_PROXY=127.0.0.1 node probe.mjs
