#!/usr/bin/env bash
# The copy of a message in the poison queue is not the text that was sent: it has been decoded and encoded again.
#
# Packages  Microsoft.Azure.WebJobs.Extensions.Storage.Queues 5.3.10 (NuGet), on azurite 3.37.0 (npm)
# Expected  A message that a function could not work on is put into the poison queue as it was sent.
# Really    The copy is the base64 of what was decoded. White space within the base64 is gone, and so are bits after the last byte. Text that
#           is not base64 is copied as it is.
# Matters   Who finds the message of a poison copy by its text, or by a hash of it, in a log of what was sent does not find it where the
#           sender breaks lines in base64, as MIME and `base64` on a command line do. Compare what the texts decode to.
#
# Seen      sent "eyJs\nZWFkIjoxfQ==", function ran 5 times with {"lead":1}, poison copy "eyJsZWFkIjoxfQ=="
#           sent "eyJsZWFkIjoxfR==", function ran 5 times with {"lead":1}, poison copy "eyJsZWFkIjoxfQ=="
#           sent "eyJsZWFkIjoxfQ==", function ran 5 times with {"lead":1}, poison copy "eyJsZWFkIjoxfQ=="
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

var changed = false;
var number = 0;
foreach (var (sent, expected) in new[] { ("eyJs\nZWFkIjoxfQ==", "eyJsZWFkIjoxfQ=="), ("eyJsZWFkIjoxfR==", "eyJsZWFkIjoxfQ=="), ("eyJsZWFkIjoxfQ==", "eyJsZWFkIjoxfQ==") })
{
    var name = $"leads-{++number}";
    await Queue(name).CreateAsync();
    await Queue(name).SendMessageAsync(sent);
    var copy = await RunUntilPoison(name);
    Console.WriteLine($"sent \"{sent.Replace("\n", "\\n")}\", function ran {FailingFunction.Runs} times with {FailingFunction.Message}, poison copy \"{copy}\"");
    changed |= copy != expected || FailingFunction.Runs != 5 || FailingFunction.Message != "{\"lead\":1}";
}
return changed ? 1 : 0;

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
