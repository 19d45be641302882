namespace ControlTower.Core.Connectors.Flow;

/// <summary>How one channel of this process flows at this moment, for people. Instants are system time.</summary>
/// <param name="BreakerSince">Since when the breaker is as it is; null when it never moved.</param>
/// <param name="RateAllowed">Sends a second that are allowed now, by the registration and by what the target says of its own limit; null for unlimited.</param>
/// <param name="RateUsed">Sends a second over the last ten seconds.</param>
/// <param name="Running">Sends under way.</param>
/// <param name="Concurrency">Sends that may be under way at once.</param>
/// <param name="WaitUntil">Nothing is sent before; null when nothing is in the way.</param>
/// <param name="Why">What it waits for.</param>
public sealed record ChannelFlow(
    BreakerState Breaker, DateTimeOffset? BreakerSince, double? RateAllowed, double RateUsed, int Running, int? Concurrency, DateTimeOffset? WaitUntil, WaitReason Why)
{
    public static ChannelFlow Unlimited { get; } = new(BreakerState.Closed, null, null, 0, 0, null, null, WaitReason.Nothing);
}

public enum BreakerState : short
{
    /// <summary>Commands flow.</summary>
    Closed = 0,

    /// <summary>Nothing is sent for a few seconds.</summary>
    Open = 1,

    /// <summary>A single send tries whether the target is back.</summary>
    Trying = 2,
}

public enum WaitReason : short
{
    Nothing = 0,

    /// <summary>The breaker is open.</summary>
    Breaker = 1,

    /// <summary>The target told us to wait.</summary>
    Told = 2,

    /// <summary>The target's own rate is used up, or nearly.</summary>
    TargetRate = 3,

    /// <summary>The target refused our credentials.</summary>
    Credentials = 4,
}
