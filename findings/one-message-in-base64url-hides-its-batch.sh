#!/usr/bin/env bash
# One queue message that Node.js encoded as base64url keeps a .NET reader from every message that came with it.
#
# Packages  Azure.Storage.Queues 12.28.1 (NuGet); base64url is an encoding of Buffer in Node.js
# Expected  What Node.js decodes with 'base64', .NET decodes too; or the reader gets the two good messages of the answer and is told of the
#           third.
# Really    Node.js reads both alphabets of base64, with or without padding, so that a test there passes. The .NET client, set to Base64,
#           throws FormatException for the whole answer: the good messages have been taken from the queue, are invisible until their time
#           is over, and the next try takes them together again.
# Matters   Such a message makes a worker in .NET starve on leads that are all right, and each try counts against them. Encode with
#           'base64', and in .NET handle QueueClientOptions.MessageDecodingFailed, with which the others are returned.
#
# Seen      text: eyJ0byI6IlDDqT8_In0, which Node.js reads as {"to":"Pé??"}
#           .NET: FormatException, 0 of 3 messages
#           .NET with MessageDecodingFailed: 2 of 3 messages, 1 reported
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
dotnet new console --output probe >/dev/null
dotnet add probe package Azure.Storage.Queues --version 12.28.1 >/dev/null

text=$(node -p "Buffer.from('{\"to\":\"Pé??\"}').toString('base64url')")
echo "text: $text, which Node.js reads as $(node -p 'Buffer.from(process.argv[1], "base64").toString()' "$text")"

cat >probe/Program.cs <<'CS'
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Storage.Queues;

var probe = new TcpListener(IPAddress.Loopback, 0);
probe.Start();
var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
probe.Stop();
using var server = new HttpListener();
server.Prefixes.Add(address);
server.Start();

string Message(string id, string text) => $"<QueueMessage><MessageId>{id}</MessageId><PopReceipt>1</PopReceipt><DequeueCount>1</DequeueCount>"
    + "<InsertionTime>Fri, 02 Jan 2026 10:00:00 GMT</InsertionTime><ExpirationTime>Fri, 09 Jan 2026 10:00:00 GMT</ExpirationTime>"
    + $"<TimeNextVisible>Fri, 02 Jan 2026 10:00:30 GMT</TimeNextVisible><MessageText>{text}</MessageText></QueueMessage>";
var answer = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList>"
    + Message("1", "e30=") + Message("2", args[0]) + Message("3", "e30=") + "</QueueMessagesList>");
_ = Task.Run(async () =>
{
    while (true)
    {
        var context = await server.GetContextAsync();
        context.Response.ContentType = "application/xml";
        context.Response.Close(answer, willBlock: true);
    }
});

async Task<string> Receive(QueueClientOptions options)
{
    options.MessageEncoding = QueueMessageEncoding.Base64;
    var account = $"DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=a2V5;QueueEndpoint={address}contoso";
    try { return $"{(await new QueueClient(account, "leads", options).ReceiveMessagesAsync(maxMessages: 3)).Value.Length} of 3 messages"; }
    catch (Exception exception) { return $"{exception.GetType().Name}, 0 of 3 messages"; }
}

var plain = await Receive(new QueueClientOptions());
Console.WriteLine($".NET: {plain}");
var reported = 0;
var handled = new QueueClientOptions();
handled.MessageDecodingFailed += _ => { reported++; return Task.CompletedTask; };
var withHandler = await Receive(handled);
Console.WriteLine($".NET with MessageDecodingFailed: {withHandler}, {reported} reported");
return plain == "FormatException, 0 of 3 messages" && withHandler == "2 of 3 messages" && reported == 1 ? 0 : 1;
CS
NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 dotnet run --project probe -- "$text"
