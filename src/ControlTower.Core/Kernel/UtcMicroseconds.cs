using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ControlTower.Core.Kernel;

/// <summary>Instants in UTC, cut to the microsecond that both databases keep, so that what is read equals what was written.</summary>
public sealed class UtcMicroseconds() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => Cut(value),
    value => value.ToUniversalTime())
{
    public static DateTimeOffset Cut(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
