namespace ControlTower.Core.Kernel;

/// <summary>
/// The two clocks. Business time drives expectations, SLA and ages; system time drives leases, retries, limits,
/// signatures and sign-in. In development business time may start elsewhere and run faster.
/// </summary>
public sealed class TowerClocks(TimeProvider system, DateTimeOffset businessStart, DateTimeOffset systemStart, double speed)
{
    /// <summary>The grace period: system time a fact is given to arrive after its clock ran out (I5).</summary>
    public static readonly TimeSpan FairChance = TimeSpan.FromSeconds(10);

    /// <summary>Both clocks the same: production.</summary>
    public static TowerClocks RealTime(TimeProvider system) => new(system, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1);

    public TimeProvider System { get; } = system;

    /// <summary>Business time as a <see cref="TimeProvider"/> for what only knows that.</summary>
    public TimeProvider Business => field ??= new BusinessTimeProvider(this);

    /// <summary>How many seconds of business time pass in a second of system time.</summary>
    public double Speed { get; } = speed;

    public DateTimeOffset SystemNow => System.GetUtcNow();

    public DateTimeOffset BusinessNow => ToBusiness(SystemNow);

    public DateTimeOffset ToBusiness(DateTimeOffset systemTime) => businessStart + ((systemTime - systemStart) * Speed);

    public DateTimeOffset ToSystem(DateTimeOffset businessTime) => systemStart + ((businessTime - businessStart) / Speed);

    private sealed class BusinessTimeProvider(TowerClocks clocks) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clocks.BusinessNow;
    }
}
