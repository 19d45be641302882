using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Connectors;

/// <summary>How a system is doing, in one word: the same on the Tower and on the pages of connectors.</summary>
internal static class SystemState
{
    /// <summary>A system that should report and was not heard for this long, in system time, is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(1);

    /// <summary>One that is polled less often is silent after this many polls.</summary>
    private const int SilentPolls = 3;

    public static StateDisplay Look(ConnectorHealth health, bool paused, bool silent) =>
        paused ? StateStyle.Paused
        : health == ConnectorHealth.Healthy && silent ? StateStyle.Silent
        : StateStyle.For(health);

    /// <param name="heardAt">
    /// When it was last heard; of one that should report and was never heard, when it was registered. Null when it has
    /// nothing to report.
    /// </param>
    /// <param name="pollSeconds">Null when it pushes its facts.</param>
    public static bool IsSilent(DateTimeOffset? heardAt, int? pollSeconds, DateTimeOffset systemNow)
    {
        var polls = TimeSpan.FromSeconds(SilentPolls * (pollSeconds ?? 0));
        return systemNow - heardAt > (polls > SilentAfter ? polls : SilentAfter);
    }
}
