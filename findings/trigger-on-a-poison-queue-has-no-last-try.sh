#!/usr/bin/env bash
# On a queue whose name ends in -poison, the queue trigger knows no last try: maxDequeueCount and visibilityTimeout do not apply.
#
# Packages  Microsoft.Azure.WebJobs.Extensions.Storage.Queues 5.3.10 (NuGet), on azurite 3.37.0 (npm)
# Expected  With maxDequeueCount 5, a message that was received nine times before is not given to the function again; and what has failed is
#           visible at once, as visibilityTimeout 00:00:00 says.
# Really    So it is on `leads`. On `leads-poison` the function is run for the tenth receipt too, and its failure moves, removes and frees
#           nothing: the message stays in the queue, hidden for the rest of the ten minutes for which the extension takes its messages
#           (visibilitytimeout=600 in its request).
# Matters   A function that watches the poison queue to tell a person, and that fails for one message, is due for it again after ten
#           minutes, and again until the message expires (the script does not wait for it). It has to look at dequeueCount itself.
#
# Seen      leads: function ran 0 times, poison copy e30=, left in the queue 0, of them visible 0
#           leads-poison: function ran 1 times, poison copy none, left in the queue 1, of them visible 0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Azurite's telemetry is off below; an empty package in the place of its library saves two thirds of the download.
mkdir no-telemetry
echo '{ "name": "applicationinsights", "version": "3.0.0", "main": "index.js" }' >no-telemetry/package.json
touch no-telemetry/index.js
echo '{ "private": true, "overrides": { "applicationinsights": "file:./no-telemetry" } }' >package.json
npm install --loglevel error --no-audit --no-fund --ignore-scripts --no-package-lock azurite@3.37.0 >/dev/null

AZURITE_ACCOUNTS=contoso:a2V5 node_modules/.bin/azurite --location "$work/data" --blobPort 0 --queuePort 0 --tablePort 0 \
	--disableTelemetry --skipApiVersionCheck >azurite.log 2>&1 &
azurite=$!
trap 'kill "$azurite" && wait "$azurite" || true; rm -rf "$work"' EXIT
for _ in {1..300}; do
	grep -q 'Table service is successfully listening' azurite.log && break
	sleep 0.1
done
endpoint=$(sed -n 's/^Azurite Queue service is successfully listening at //p' azurite.log)

export NUGET_PACKAGES="$work/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
mkdir probe
cat >probe/probe.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
    <NoWarn>NU1603;NU1608</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Azure.WebJobs.Extensions.Storage.Queues" Version="5.3.10" />
  </ItemGroup>
</Project>
XML
cat >probe/Program.cs <<'CS'
using Azure.Storage.Queues;
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var connection = $"DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=a2V5;QueueEndpoint={args[0]}/contoso";
QueueClient Queue(string name) => new(connection, name);

// The extension as the Functions host runs it, with a function that always fails. It is given a message ten seconds to become poison.
async Task<string?> RunUntilPoison(string name)
{
    FailingFunction.Runs = 0;
    using var host = new HostBuilder()
        .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connection,
            ["queue"] = name,
            ["AzureWebJobs:extensions:queues:maxDequeueCount"] = "5",
            ["AzureWebJobs:extensions:queues:visibilityTimeout"] = "00:00:00",
            ["AzureWebJobs:extensions:queues:maxPollingInterval"] = "00:00:01",
        }))
        .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues())
        .ConfigureServices(services => services.AddSingleton<ITypeLocator, FailingFunction>())
        .Build();
    await host.StartAsync();
    string? copy = null;
    for (var end = DateTime.UtcNow.AddSeconds(10); copy is null && DateTime.UtcNow < end; await Task.Delay(200))
        if (await Queue($"{name}-poison").ExistsAsync()) copy = (await Queue($"{name}-poison").PeekMessageAsync()).Value?.MessageText;
    await host.StopAsync();
    return copy;
}

async Task<string> Show(string name)
{
    await Queue(name).CreateIfNotExistsAsync();
    await Queue(name).ClearMessagesAsync();
    await Queue(name).SendMessageAsync("e30=");
    for (var receipt = 1; receipt <= 9; receipt++)
    {
        var message = (await Queue(name).ReceiveMessageAsync()).Value;
        await Queue(name).UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
    }
    var copy = await RunUntilPoison(name);
    var left = (await Queue(name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
    var visible = (await Queue(name).PeekMessagesAsync(32)).Value.Length;
    var seen = $"{name}: function ran {FailingFunction.Runs} times, poison copy {copy ?? "none"}, left in the queue {left}, of them visible {visible}";
    Console.WriteLine(seen);
    return seen;
}

return await Show("leads") == "leads: function ran 0 times, poison copy e30=, left in the queue 0, of them visible 0"
    & await Show("leads-poison") == "leads-poison: function ran 1 times, poison copy none, left in the queue 1, of them visible 0" ? 0 : 1;

public class FailingFunction : ITypeLocator
{
    public static int Runs;
    public static string? Message;
    public IReadOnlyList<Type> GetTypes() => [typeof(FailingFunction)];
    public void Run([QueueTrigger("%queue%")] string message)
    {
        Message = message;
        Interlocked.Increment(ref Runs);
        throw new InvalidOperationException("fails on purpose");
    }
}
CS
NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 dotnet run --project probe -- "$endpoint"
