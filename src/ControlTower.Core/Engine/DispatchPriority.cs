using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Engine;

/// <summary>
/// The dispatch priority of a new command in its connector's queue: the instant of its making plus the delay of its
/// class. Waiting does not change it, so a waiting command moves ahead of later ones by itself, and one index serves
/// the whole order. Pure.
/// </summary>
internal static class DispatchPriority
{
    private const int LongestWindowMilliseconds = 10_000;

    /// <summary>The class: what the order requests, raised when its cut-off is near.</summary>
    public static CommandPriority PriorityOf(WantedCommand wanted, PacePolicy pace, DateTimeOffset businessNow) =>
        wanted.CutOff is { } cutOff && cutOff <= businessNow.AddHours(pace.UrgentWithinHours) ? CommandPriority.Urgent : wanted.Priority;

    public static DateTimeOffset RankAt(CommandPriority lane, PacePolicy pace, DateTimeOffset systemNow) => lane switch
    {
        CommandPriority.Urgent => systemNow,
        CommandPriority.Normal => systemNow.AddMinutes(Math.Clamp(pace.NormalWaitsMinutes, 0, 1440)),
        _ => systemNow.AddMinutes(Math.Clamp(pace.BulkWaitsMinutes, 0, 1440)),
    };

    /// <summary>
    /// When it may be sent: at once, or at the end of its kind's window. Windows are aligned to the clock, so that all
    /// nodes have the same.
    /// </summary>
    public static DateTimeOffset DueAt(string kind, PacePolicy pace, DateTimeOffset systemNow)
    {
        if (!pace.GatherMilliseconds.TryGetValue(kind, out var window) || window <= 0)
        {
            return systemNow;
        }

        var ticks = Math.Min(window, LongestWindowMilliseconds) * TimeSpan.TicksPerMillisecond;
        return new DateTimeOffset(((systemNow.UtcTicks / ticks) + 1) * ticks, TimeSpan.Zero);
    }
}
