using ControlTower.Sandbox.Outgoing;

namespace ControlTower.Sandbox.Services;

/// <summary>A fact whose prerequisites are there and whose time will come.</summary>
/// <param name="At">The business instant at which it happens, which is what it tells.</param>
/// <param name="Id">The event's id: deterministic, so that a restart does not say it twice.</param>
/// <param name="Build">Makes the fact when it is due; null when it is no longer true, as after a cancellation.</param>
internal sealed record PlannedFact(TradingSystem Speaker, Outlet Outlet, DateTimeOffset At, string Id, Func<Fact?> Build)
{
    /// <summary>What follows once it was said, in this life or an earlier one.</summary>
    public Action Said { get; init; } = () => { };
}
