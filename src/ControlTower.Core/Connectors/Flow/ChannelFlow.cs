using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors.Flow;

/// <summary>How one channel of this process flows at this moment, for people. Instants are system time.</summary>
/// <param name="BreakerSince">Since when the breaker is as it is; null when it never moved.</param>
/// <param name="RateAllowed">
/// Sends a second that are allowed now, by the registration and by the limit that the target reports; null for
/// unlimited.
/// </param>
/// <param name="RateUsed">Sends a second over the last ten seconds.</param>
/// <param name="Running">Sends in flight.</param>
/// <param name="Concurrency">Sends that may be in flight at once.</param>
/// <param name="WaitUntil">Nothing is sent before; null when nothing is in the way.</param>
/// <param name="Why">What it waits for.</param>
public sealed record ChannelFlow(
    BreakerState Breaker, DateTimeOffset? BreakerSince, double? RateAllowed, double RateUsed, int Running, int? Concurrency,
    DateTimeOffset? WaitUntil, WaitReason Why)
{
    public static ChannelFlow Unlimited { get; } = new(BreakerState.Closed, null, null, 0, 0, null, null, WaitReason.Nothing);
}
