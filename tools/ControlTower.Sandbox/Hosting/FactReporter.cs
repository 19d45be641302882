using ControlTower.Sandbox.Services;

namespace ControlTower.Sandbox.Hosting;

/// <summary>Sends the facts of the agenda when they are due, several at a time.</summary>
internal sealed class FactReporter(Floor floor, Func<PlannedFact, bool> silencedByOutage)
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken stop)
    {
        while (true)
        {
            if (SayDue() == MostAtOnce)
            {
                await Task.Yield();
                continue;
            }

            await floor.Agenda.Woken(WaitTime(), stop);
            await Task.Delay(Gather, stop);
        }
    }

    /// <returns>How many facts were taken off the agenda.</returns>
    public int SayDue()
    {
        lock (floor.Gate)
        {
            var now = floor.Clock.GetUtcNow();
            var outage = floor.Weather.OutageUntil(now);
            var taken = 0;
            while (taken < MostAtOnce && floor.Agenda.Take(now) is { } fact)
            {
                taken++;
                if (outage is { } until && silencedByOutage(fact))
                {
                    floor.Agenda.Postpone(fact, until);
                    continue;
                }

                fact.Speaker.Say(fact);
            }

            return taken;
        }
    }

    private TimeSpan WaitTime()
    {
        lock (floor.Gate)
        {
            var until = floor.Agenda.Next() is { } next ? floor.Clock.SystemTimeUntil(next) : LongestWait;
            return until < LongestWait ? until : LongestWait;
        }
    }
}
