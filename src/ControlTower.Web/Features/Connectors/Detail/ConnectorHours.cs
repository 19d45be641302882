using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>A connector's last 24 hours, of system time. An hour before anything was counted has no value.</summary>
/// <param name="Received">Facts that came.</param>
/// <param name="Attempts">Attempts to send it a command.</param>
/// <param name="Failed">Those of them that were not accepted.</param>
/// <param name="Latency">
/// Median time of an attempt that it answered, in milliseconds; an estimate between the bounds that are counted.
/// </param>
public sealed record ConnectorHours(
    DateTimeOffset At,
    IReadOnlyList<HourValue> Received,
    IReadOnlyList<HourValue> Attempts,
    IReadOnlyList<HourValue> Failed,
    IReadOnlyList<HourValue> Latency)
{
    /// <summary>Some hours are before the first that was counted.</summary>
    public bool IsCut => Received.Concat(Attempts).Any(hour => hour.Value is null);
}
