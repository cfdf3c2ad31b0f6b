#!/usr/bin/env bash
# A timer for the hours from 22 to 6 runs from 6 to 22: by day instead of by night.
#
# Package   NCrontab.Signed 3.4.0 (NuGet), which reads the schedules of timer triggers in Azure Functions
# Expected  "0 0 22-6 * * *" goes on past midnight, 22, 23, 0 … 6, or is refused, as a range that ends before it begins.
# Really    The two ends are put in order: the schedule says of itself that it is "0 0 6-22 * * *". The same for FRI-MON, which becomes Monday
#           to Friday, and for the months 11-2, which become February to November.
# Matters   A sweep, or a purge of old leads, that is to run while nobody works runs all day and never at night, and the start of the app
#           reports no fault. Write the hours out: 22,23,0-6.
#
# Seen      0 0 22-6 * * *       is 0 0 6-22 * * *; at 03:00: no; at 12:00: yes
#           0 0 12 * * FRI-MON   is 0 0 12 * * 1-5; on Sunday: no; on Wednesday: yes
#           0 0 12 1 11-2 *      is 0 0 12 1 2-11 *; in December: no; in June: yes
#           0 0 22,23,0-6 * * *  is 0 0 0-6,22-23 * * *; at 03:00: yes; at 12:00: no
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
dotnet new console --output probe >/dev/null
dotnet add probe package NCrontab.Signed --version 3.4.0 >/dev/null

cat >probe/Program.cs <<'CS'
using NCrontab;

var changed = false;
Show("0 0 22-6 * * *", "0 0 6-22 * * *", ("at 03:00", At(1, 4, 3), false), ("at 12:00", At(1, 4, 12), true));
Show("0 0 12 * * FRI-MON", "0 0 12 * * 1-5", ("on Sunday", At(1, 4, 12), false), ("on Wednesday", At(1, 7, 12), true));
Show("0 0 12 1 11-2 *", "0 0 12 1 2-11 *", ("in December", At(12, 1, 12), false), ("in June", At(6, 1, 12), true));
Show("0 0 22,23,0-6 * * *", "0 0 0-6,22-23 * * *", ("at 03:00", At(1, 4, 3), true), ("at 12:00", At(1, 4, 12), false));
return changed ? 1 : 0;

DateTime At(int month, int day, int hour) => new(2026, month, day, hour, 0, 0);

void Show(string text, string expected, params (string Name, DateTime Time, bool Due)[] times)
{
    var schedule = CrontabSchedule.Parse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
    var says = $"{text,-20} is {schedule}";
    changed |= schedule.ToString() != expected;
    foreach (var (name, time, due) in times)
    {
        var isDue = schedule.GetNextOccurrence(time.AddSeconds(-1)) == time;
        says += $"; {name}: {(isDue ? "yes" : "no")}";
        changed |= isDue != due;
    }
    Console.WriteLine(says);
}
CS
dotnet run --project probe
