using System.Data;
using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Shared.Kit.Charts;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Connectors;

/// <summary>The connectors' hours, compared with messages and attempts, wherever these are kept by now.</summary>
internal static class CountedHours
{
    /// <summary>Every connector has in every hour what its messages and attempts add up to.</summary>
    public static async Task AgreeAsync(TowerDbContext db)
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var counted = Lines(await db.ConnectorHours.AsNoTracking().ToListAsync());

        counted.ShouldBe(Lines([.. await MessagesAsync(db), .. await AttemptsAsync(db)]));
    }

    private static async Task<IEnumerable<ConnectorHour>> MessagesAsync(TowerDbContext db)
    {
        var messages = await db.Inbox.Select(m => new { m.Id, m.Connector, m.AcceptedAt })
            .Union(db.ArchivedMessages.Select(m => new { m.Id, m.Connector, m.AcceptedAt })).ToListAsync();
        return messages.Where(m => !BuiltInConnectors.IsInternal(m.Connector))
            .Select(m => new ConnectorHour { Connector = m.Connector, Hour = HourSeries.HourOf(m.AcceptedAt), Received = 1 });
    }

    private static async Task<IEnumerable<ConnectorHour>> AttemptsAsync(TowerDbContext db)
    {
        var attempts = await db.Attempts.Join(
            db.Commands, a => a.CommandId, c => c.Id, (attempt, command) => new { command.Connector, Attempt = attempt }).ToListAsync();
        var archived = await db.ArchivedCommands.Select(c => new { c.Connector, c.AttemptList }).ToListAsync();
        return attempts.Select(a => (a.Connector, a.Attempt))
            .Concat(archived.SelectMany(c => Unpack(c.AttemptList).Select(attempt => (c.Connector, Attempt: attempt))))
            .Where(a => a.Attempt.Outcome != AttemptOutcome.UnderWay)
            .Select(a => Count(a.Connector, a.Attempt));
    }

    private static List<CommandAttempt> Unpack(byte[] packed) =>
        JsonSerializer.Deserialize<List<CommandAttempt>>(CompressedPayload.Unpack(packed), JsonSerializerOptions.Web)!;

    private static ConnectorHour Count(string connector, CommandAttempt attempt)
    {
        var row = new ConnectorHour { Connector = connector, Hour = HourSeries.HourOf(attempt.StartedAt) };
        row.Add(attempt.Outcome, attempt.EndedAt!.Value - attempt.StartedAt);
        return row;
    }

    /// <summary>A line for each connector and hour that has something.</summary>
    private static List<string> Lines(IReadOnlyCollection<ConnectorHour> rows) =>
    [
        .. rows.GroupBy(row => (row.Connector, row.Hour)).OrderBy(g => g.Key)
            .Select(g => (g.Key, Sums: Figures.Select(figure => g.Sum(figure)).ToList()))
            .Where(hour => hour.Sums.Exists(sum => sum != 0))
            .Select(hour => string.Create(
                CultureInfo.InvariantCulture, $"{hour.Key.Connector} {hour.Key.Hour:HH} {string.Join(' ', hour.Sums)}")),
    ];

    private static readonly Func<ConnectorHour, int>[] Figures =
    [
        h => h.Received, h => h.Attempts, h => h.Failed, h => h.Within5, h => h.Within10, h => h.Within25, h => h.Within50,
        h => h.Within100, h => h.Within250, h => h.Within500, h => h.Within1000, h => h.Within2500, h => h.Within5000,
        h => h.Within10000, h => h.Answered,
    ];
}
