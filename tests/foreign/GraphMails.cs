using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

/// <summary>Which members of a request to send a mail the models of Microsoft Graph do not know, and whether they write it as they read it.</summary>
static class GraphMails
{
    public static string Software => "Microsoft.Graph 6.2.0";

    public static JsonObject Answer(JsonObject row)
    {
        // The metadata of the service, and so its models, begin the names of an action's parameters with a capital; its documentation does not, and it takes both.
        var named = new JsonObject(row["request"]!.AsObject().Select(member =>
            KeyValuePair.Create($"{char.ToUpperInvariant(member.Key[0])}{member.Key[1..]}", member.Value?.DeepClone())));
        var text = named.ToJsonString();
        var answer = new JsonObject { ["mail"] = row["mail"]!.DeepClone(), ["request"] = row["request"]!.DeepClone() };
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var node = new JsonParseNodeFactory().GetRootParseNodeAsync("application/json", stream).Result;
        var request = node.GetObjectValue(SendMailPostRequestBody.CreateFromDiscriminatorValue)!;
        var unknown = new JsonArray();
        foreach (var name in UnknownIn(request, "")) unknown.Add(name);
        answer["unknown"] = unknown;
        using var writer = new JsonSerializationWriter();
        writer.WriteObjectValue(null, request);
        using var written = new StreamReader(writer.GetSerializedContent());
        answer["sameAfterReading"] = JsonNode.DeepEquals(Sorted(JsonNode.Parse(written.ReadToEnd())), Sorted(named.DeepClone()));
        return answer;
    }

    static IEnumerable<string> UnknownIn(object model, string path)
    {
        if (model is IAdditionalDataHolder holder)
            foreach (var name in holder.AdditionalData.Keys) yield return path + name;
        foreach (var property in model.GetType().GetProperties())
        {
            if (property.GetIndexParameters().Length > 0 || property.Name is "AdditionalData" or "BackingStore" or "FieldDeserializers") continue;
            var value = property.GetValue(model);
            var below = $"{path}{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}.";
            if (value is IParsable part)
                foreach (var name in UnknownIn(part, below)) yield return name;
            else if (value is IEnumerable list and not string)
                foreach (var item in list)
                    if (item is IParsable entry)
                        foreach (var name in UnknownIn(entry, below)) yield return name;
        }
    }

    /// <summary>Members in one order, and without the type names that the models add.</summary>
    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Key != "@odata.type").OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray(items.Select(Sorted).ToArray()),
        null => null,
        _ => node.DeepClone(),
    };
}
