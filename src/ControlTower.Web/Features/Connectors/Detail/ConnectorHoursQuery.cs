using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>
/// Reads a connector's hours from the messages and attempts themselves. No index has them by connector and time, so the
/// newest of all connectors are read by their key, and hours before those are not known.
/// </summary>
internal sealed class ConnectorHoursQuery(ITowerDb tower, TowerClocks clocks)
{
    internal const int Newest = 10_000;

    public async Task<ConnectorHours> ReadAsync(string name, CancellationToken cancellation)
    {
        await using var db = tower.CreateReader();
        var now = clocks.SystemNow;
        var messages = await Messages(db, HourSeries.Since(now)).ToListAsync(cancellation);
        var attempts = await Attempts(db, HourSeries.Since(now)).ToListAsync(cancellation);
        return From(name, now, messages, attempts);
    }

    /// <summary>A message that has just been archived is in both tables for some minutes.</summary>
    internal static IQueryable<MessageTime> Messages(TowerDbContext db, DateTimeOffset since)
    {
        var inbox = db.Inbox.OrderByDescending(m => m.Id).Take(Newest).Select(m => new { m.Id, m.Connector, m.AcceptedAt });
        var archive = db.ArchivedMessages.OrderByDescending(m => m.Id).Take(Newest).Select(m => new { m.Id, m.Connector, m.AcceptedAt });
        return inbox.Union(archive).OrderByDescending(m => m.Id).Take(Newest).Where(m => m.AcceptedAt >= since)
            .Select(m => new MessageTime(m.Connector, m.AcceptedAt));
    }

    internal static IQueryable<AttemptTime> Attempts(TowerDbContext db, DateTimeOffset since) =>
        from attempt in db.Attempts.OrderByDescending(a => a.Id).Take(Newest)
        join command in db.Commands on attempt.CommandId equals command.Id
        where attempt.StartedAt >= since
        select new AttemptTime(command.Connector, attempt.StartedAt, attempt.EndedAt, attempt.Outcome);

    internal static ConnectorHours From(
        string name, DateTimeOffset now, IReadOnlyCollection<MessageTime> messages, IReadOnlyCollection<AttemptTime> attempts)
    {
        var received = messages.Where(m => m.Connector == name).ToLookup(m => HourSeries.HourOf(m.At));
        var tried = attempts.Where(a => a.Connector == name && a.Outcome is not (AttemptOutcome.UnderWay or AttemptOutcome.Cancelled))
            .ToLookup(a => HourSeries.HourOf(a.StartedAt));
        var (messagesFrom, attemptsFrom) = (WholeFrom(messages, m => m.At), WholeFrom(attempts, a => a.StartedAt));
        return new(
            now,
            HourSeries.From(now, hour => hour < messagesFrom ? null : received[hour].Count()),
            HourSeries.From(now, hour => hour < attemptsFrom ? null : tried[hour].Count()),
            HourSeries.From(now, hour => hour < attemptsFrom ? null : tried[hour].Count(a => a.Outcome != AttemptOutcome.Accepted)),
            HourSeries.From(now, hour => hour < attemptsFrom ? null : Median(tried[hour])));
    }

    /// <summary>The instant from which every row was read; null where all of the 24 hours were.</summary>
    private static DateTimeOffset? WholeFrom<T>(IReadOnlyCollection<T> rows, Func<T, DateTimeOffset> at) =>
        rows.Count < Newest ? null : rows.Min(at);

    /// <summary>Of what was answered; what was not sent or has an unknown outcome took no time of the target.</summary>
    private static decimal? Median(IEnumerable<AttemptTime> attempts)
    {
        var took = attempts.Where(a => a is { EndedAt: not null, Outcome: AttemptOutcome.Accepted or AttemptOutcome.Rejected })
            .Select(a => a.EndedAt!.Value - a.StartedAt).Order().ToArray();
        return took.Length == 0 ? null : (decimal)((took[(took.Length - 1) / 2] + took[took.Length / 2]) / 2).TotalMilliseconds;
    }
}

internal sealed record MessageTime(string Connector, DateTimeOffset At);

internal sealed record AttemptTime(string Connector, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome Outcome);
