#!/usr/bin/env bash
# The models of Microsoft Graph read the documented request of sendMail as a request without a message.
#
# Package   Microsoft.Graph 6.2.0 (NuGet)
# Expected  The JSON of the documentation, { "message": { … }, "saveToSentItems": true }, becomes a body whose Message is set.
# Really    The two names of the action's parameters begin with a capital in the service's metadata, and so in the models: both members end up
#           as unknown additional data, and Message is null. No exception tells it. The members inside a message begin in lower case.
# Matters   Whoever keeps mails as documented JSON (a queue, a test's fixture) and sends them with the library posts a request without a message,
#           and whoever checks JSON against the models finds every documented example wrong. The service itself takes both spellings.
#
# Seen      { "message" … } Message: null, unknown: message, saveToSentItems
#           { "Message" … } Message: Hello, unknown: none
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
dotnet new console --output probe >/dev/null
dotnet add probe package Microsoft.Graph --version 6.2.0 >/dev/null
# Patch versions that it asks for may be gone: the next one serves.

cat >probe/Program.cs <<'CS'
using System.Text;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Serialization.Json;

return Show("message", "saveToSentItems", null) && Show("Message", "SaveToSentItems", "Hello") ? 0 : 1;

bool Show(string message, string save, string? expected)
{
    var json = $$"""{ "{{message}}": { "subject": "Hello" }, "{{save}}": true }""";
    using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
    var node = new JsonParseNodeFactory().GetRootParseNodeAsync("application/json", stream).Result;
    var body = node.GetObjectValue(SendMailPostRequestBody.CreateFromDiscriminatorValue)!;
    var unknown = string.Join(", ", body.AdditionalData.Keys);
    Console.WriteLine($$"""{ "{{message}}" … } Message: {{body.Message?.Subject ?? "null"}}, unknown: {{(unknown == "" ? "none" : unknown)}}""");
    return body.Message?.Subject == expected;
}
CS
dotnet run --project probe -property:NoWarn=NU1603
