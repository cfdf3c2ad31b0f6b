using System.Runtime.ExceptionServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Runs queue triggers as the Functions host does, with the host's own extension, until standard input ends. The first line of it is a list of triggers; what happens
/// is written as lines of JSON. queue-situations.ts sends the messages, and looks at what becomes of them.
/// </summary>
static class QueueTriggers
{
    public static async Task RunAsync(TextReader input)
    {
        var triggers = JsonNode.Parse(await input.ReadLineAsync() ?? "[]")!.AsArray();
        var hosts = triggers.Select(trigger => Open(new Trigger(trigger!.AsObject()))).ToArray();
        await Task.WhenAll(hosts.Select(host => host.StartAsync()));
        await input.ReadToEndAsync();
        await Task.WhenAll(hosts.Select(host => host.StopAsync()));
    }

    static IHost Open(Trigger trigger) => new HostBuilder()
        .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(trigger.Configuration))
        .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues())
        .ConfigureServices(services => services
            .AddSingleton(trigger)
            .AddSingleton<ITypeLocator, TheFunction>()
            .AddSingleton<IWebJobsExceptionHandler, ToldEnd>())
        .Build();

    sealed class TheFunction : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueFunction)];
    }

    /// <summary>In the Functions host an exception that comes here shuts the host down (WebScriptHostExceptionHandler).</summary>
    sealed class ToldEnd(Trigger trigger) : IWebJobsExceptionHandler
    {
        public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => Task.CompletedTask;

        public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
        {
            var failed = exceptionInfo.SourceException as RequestFailedException
                ?? (exceptionInfo.SourceException as AggregateException)?.InnerException as RequestFailedException;
            trigger.Tell(new JsonObject { ["ended"] = failed?.Status.ToString() ?? exceptionInfo.SourceException.GetType().Name });
            return Task.CompletedTask;
        }
    }
}

/// <summary>One of the triggers, and what its function does.</summary>
sealed class Trigger(JsonObject described)
{
    static readonly JsonSerializerOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    int left = described["work"]!["fails"]?.GetValue<int>() ?? 0;

    readonly TaskCompletionSource together = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int missing = described["work"]!["together"]?.GetValue<int>() ?? 0;

    /// <summary>Goes on for so long, from when so many have begun.</summary>
    public async Task WorkAsync()
    {
        if (Interlocked.Decrement(ref missing) <= 0) together.TrySetResult();
        await together.Task;
        await Task.Delay(described["work"]!["workMs"]?.GetValue<int>() ?? 0);
    }

    public bool FailsNow() => Interlocked.Decrement(ref left) >= 0;

    public IEnumerable<KeyValuePair<string, string?>> Configuration
    {
        get
        {
            yield return new("AzureWebJobsStorage", described["connection"]!.GetValue<string>());
            // What is said of an answer of storage is said of the last one: it would wait for half a minute.
            yield return new("AzureWebJobsStorage:Retry:MaxRetries", "0");
            yield return new("queue", described["queue"]!.GetValue<string>());
            foreach (var (name, value) in described["settings"]!.AsObject()) yield return new($"AzureWebJobs:extensions:queues:{name}", value!.ToString());
        }
    }

    public void Tell(JsonObject happened)
    {
        happened["queue"] = described["queue"]!.GetValue<string>();
        lock (options) Console.WriteLine(happened.ToJsonString(options));
    }
}

/// <summary>The function. A worker in another language is given a message as text.</summary>
sealed class QueueFunction(Trigger trigger)
{
    public async Task Run([QueueTrigger("%queue%")] string message, Binder binder)
    {
        var metadata = new JsonObject();
        // As the host writes them for its workers (GrpcMessageConversionExtensions).
        foreach (var (name, value) in binder.BindingData)
            metadata[name] = value is string text ? new JsonObject { ["string"] = text } : new JsonObject { ["json"] = Newtonsoft.Json.JsonConvert.SerializeObject(value) };
        trigger.Tell(new JsonObject { ["run"] = message, ["metadata"] = metadata });
        await trigger.WorkAsync();
        trigger.Tell(new JsonObject { ["done"] = true });
        if (trigger.FailsNow()) throw new InvalidOperationException("fails on purpose");
    }
}
