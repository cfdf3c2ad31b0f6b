using System.Text.Json.Nodes;
using NCrontab;

/// <summary>What the library of WebJobs timers makes of a schedule: refused, or its next three times.</summary>
static class Schedules
{
    public static string Software => "NCrontab.Signed 3.4.0";

    static readonly DateTime From = new(2026, 2, 27, 23, 59, 58, DateTimeKind.Unspecified);
    static readonly DateTime Until = From.AddYears(40);

    public static JsonObject Answer(JsonObject row)
    {
        var text = row["schedule"]!.GetValue<string>();
        // As CronSchedule of WebJobs does it: six fields have seconds.
        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds };
        CrontabSchedule? schedule;
        try
        {
            schedule = CrontabSchedule.TryParse(text, options);
        }
        catch (OverflowException)
        {
            schedule = null;
        }
        if (schedule is null) return new JsonObject { ["schedule"] = text, ["refused"] = true };
        var times = new JsonArray();
        var time = From;
        for (var count = 0; count < 3; count++)
        {
            time = schedule.GetNextOccurrence(time, Until);
            if (time >= Until) break;
            times.Add(time.ToString("yyyy-MM-ddTHH:mm:ss"));
        }
        return new JsonObject { ["schedule"] = text, ["next"] = times };
    }
}
