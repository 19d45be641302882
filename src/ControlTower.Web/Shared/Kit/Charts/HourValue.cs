namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>What a chart shows of one hour.</summary>
/// <param name="Hour">Its beginning.</param>
/// <param name="Value">Null where nothing is known of that hour.</param>
public sealed record HourValue(DateTimeOffset Hour, decimal? Value);

/// <summary>Series of whole hours, each with a value.</summary>
public static class HourSeries
{
    public const int Hours = 24;

    /// <summary>The hour that a series up to this instant begins with.</summary>
    public static DateTimeOffset Since(DateTimeOffset now) => HourOf(now).AddHours(1 - Hours);

    /// <summary>The last <see cref="Hours"/> hours, the current one last.</summary>
    public static IReadOnlyList<HourValue> From(DateTimeOffset now, Func<DateTimeOffset, decimal?> value) =>
        [.. Enumerable.Range(0, Hours).Select(i => Since(now).AddHours(i)).Select(hour => new HourValue(hour, value(hour)))];

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
