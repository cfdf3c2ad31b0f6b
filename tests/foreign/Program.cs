using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

// Reads a table whose rows hold questions, answers each anew, and writes the table.
var asks = new Dictionary<string, (string Software, Func<JsonObject, JsonObject> Answer)>
{
    ["schedules"] = (Schedules.Software, Schedules.Answer),
    ["time-spans"] = (TimeSpans.Software, TimeSpans.Answer),
    ["odata"] = (ODataBodies.Software, ODataBodies.Answer),
    ["graph-members"] = (GraphMembers.Software, GraphMembers.Answer),
    ["graph-mails"] = (GraphMails.Software, GraphMails.Answer),
};
if (args is ["queue-triggers"])
{
    await QueueTriggers.RunAsync(Console.In);
    return 0;
}
if (args.Length != 1 || !asks.TryGetValue(args[0], out var ask))
{
    Console.Error.WriteLine($"usage: foreign ({string.Join(" | ", asks.Keys)}) < table.json, or foreign queue-triggers");
    return 2;
}
var table = JsonNode.Parse(Console.OpenStandardInput())!.AsObject();
var rows = table["rows"]!.AsArray().Select(row => ask.Answer(row!.AsObject())).ToArray();
var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var lines = rows.Select(row => "\t\t" + row.ToJsonString(options));
Console.OutputEncoding = new System.Text.UTF8Encoding(false);
Console.Write($"{{\n\t\"asked\": {JsonSerializer.Serialize(ask.Software, options)},\n\t\"rows\": [\n{string.Join(",\n", lines)}\n\t]\n}}\n");
return 0;
