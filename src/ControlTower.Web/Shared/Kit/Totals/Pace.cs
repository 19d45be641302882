namespace ControlTower.Web.Shared.Kit.Totals;

internal static class Pace
{
    /// <summary>Totals follow their list, but read ten thousand rows where the list reads fifty.</summary>
    public static readonly TimeSpan Totals = TimeSpan.FromSeconds(3);
}
