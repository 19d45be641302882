namespace ControlTower.Core.Kernel;

/// <summary>Timestamps in UTC, cut to the microsecond that both databases keep, so that what is read equals what was written.</summary>
public static class UtcMicroseconds
{
    public static DateTimeOffset Cut(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
