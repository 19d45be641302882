using ControlTower.Core.Facts;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Persistence.Connectors;

/// <summary>What one transaction adds to the connectors' hours, summed in memory; for writers that go through EF Core.</summary>
internal sealed class ConnectorHourChanges
{
    private readonly Dictionary<(string Connector, DateTimeOffset Hour), ConnectorHour> _rows = [];

    /// <summary>One for each connector and hour.</summary>
    public IReadOnlyCollection<ConnectorHour> Rows => _rows.Values;

    /// <summary>Counts a new message; those that the tower writes to itself are not counted, as no page shows them.</summary>
    public void Add(string connector, DateTimeOffset acceptedAt)
    {
        if (!BuiltInConnectors.IsInternal(connector))
        {
            RowOf(connector, acceptedAt).Received++;
        }
    }

    /// <summary>Counts an attempt as it is now.</summary>
    /// <param name="before">Its outcome until now.</param>
    public void Add(string connector, CommandAttempt attempt, AttemptOutcome before)
    {
        var row = RowOf(connector, attempt.StartedAt);
        var took = attempt.EndedAt!.Value - attempt.StartedAt;
        if (before == AttemptOutcome.UnderWay)
        {
            row.Add(attempt.Outcome, took);
        }
        else
        {
            row.AddLate(attempt.Outcome, took);
        }
    }

    private ConnectorHour RowOf(string connector, DateTimeOffset at)
    {
        var hour = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        if (!_rows.TryGetValue((connector, hour), out var row))
        {
            _rows.Add((connector, hour), row = new ConnectorHour { Connector = connector, Hour = hour });
        }

        return row;
    }
}
