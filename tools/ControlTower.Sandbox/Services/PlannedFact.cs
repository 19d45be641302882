using ControlTower.Sandbox.Outgoing;

namespace ControlTower.Sandbox.Services;

/// <summary>A fact whose prerequisites exist and whose time will come.</summary>
/// <param name="At">The business instant at which it happens, which it reports.</param>
/// <param name="Id">The event's id: deterministic, so that a restart does not send it twice.</param>
/// <param name="Build">Makes the fact when it is due; null when it is no longer true, as after a cancellation.</param>
internal sealed record PlannedFact(TradingSystem Speaker, Outlet Outlet, DateTimeOffset At, string Id, Func<Fact?> Build)
{
    /// <summary>What follows once it was sent, in this run or an earlier one.</summary>
    public Action Said { get; init; } = () => { };
}
