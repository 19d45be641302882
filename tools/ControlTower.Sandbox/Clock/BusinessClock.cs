namespace ControlTower.Sandbox.Clock;

/// <summary>Business time: it starts at <paramref name="businessStart"/> when the system clock shows
/// <paramref name="systemStart"/> and runs <paramref name="speed"/> times as fast.</summary>
internal sealed class BusinessClock(TimeProvider system, DateTimeOffset businessStart, DateTimeOffset systemStart, double speed)
    : TimeProvider
{
    /// <summary>Business seconds per second of system time; greater than 0.</summary>
    public double Speed => speed;

    public static BusinessClock SystemTime(TimeProvider system) => new(system, system.GetUtcNow(), system.GetUtcNow(), 1);

    public override DateTimeOffset GetUtcNow() => businessStart + ((system.GetUtcNow() - systemStart) * speed);

    /// <summary>How long the system clock runs until business time reaches the instant; zero when it has.</summary>
    public TimeSpan SystemTimeUntil(DateTimeOffset instant)
    {
        var left = (instant - GetUtcNow()) / speed;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
