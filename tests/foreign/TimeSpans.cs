using System.Globalization;
using System.Text.Json.Nodes;

/// <summary>What .NET reads in a text as a time span; milliseconds.</summary>
static class TimeSpans
{
    public static string Software => "System.TimeSpan of .NET 10";

    public static JsonObject Answer(JsonObject row)
    {
        var text = row["text"]!.GetValue<string>();
        var answer = new JsonObject { ["text"] = text };
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)) answer["ms"] = span.TotalMilliseconds;
        else answer["refused"] = true;
        return answer;
    }
}
