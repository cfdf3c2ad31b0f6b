using System.Text.Json.Nodes;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;

/// <summary>The members that a model of Microsoft Graph reads.</summary>
static class GraphMembers
{
    public static string Software => "Microsoft.Graph 6.2.0";

    static readonly Dictionary<string, Func<IParsable>> Models = new()
    {
        ["message"] = () => new Message(),
        ["recipient"] = () => new Recipient(),
        ["emailAddress"] = () => new EmailAddress(),
        ["itemBody"] = () => new ItemBody(),
        ["internetMessageHeader"] = () => new InternetMessageHeader(),
        ["fileAttachment"] = () => new FileAttachment(),
    };

    public static JsonObject Answer(JsonObject row)
    {
        var model = row["model"]!.GetValue<string>();
        var members = new JsonArray();
        foreach (var name in Models[model]().GetFieldDeserializers().Keys.Order(StringComparer.Ordinal))
            if (!name.StartsWith('@')) members.Add(name);
        return new JsonObject { ["model"] = model, ["members"] = members };
    }
}
