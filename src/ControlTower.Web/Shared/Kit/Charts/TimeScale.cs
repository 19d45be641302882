using System.Globalization;

namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>A span of time over the width of a chart, in percent of that width.</summary>
internal sealed class TimeScale
{
    /// <summary>Left of it are the rows' names.</summary>
    public const double Left = 12;
    public const double Right = 98;

    private const int MostTicks = 8;

    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 5, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;
    private readonly TimeSpan _step;
    private readonly TimeZoneInfo _zone;

    /// <summary>Of all these instants; its ends are rounded, so that time that passes does not move every mark.</summary>
    public TimeScale(IReadOnlyCollection<DateTimeOffset> instants, TimeZoneInfo zone)
    {
        var (first, last) = (instants.Min(), instants.Max());
        (first, last) = last - first < Least ? (first - (Least / 2), last + (Least / 2)) : (first, last);
        _zone = zone;
        _step = Array.Find(Steps, step => (last - first) / step <= MostTicks);
        _step = _step == default ? Steps[^1] : _step;
        var rounding = (_step / 4).Ticks;
        _from = new DateTimeOffset(first.UtcTicks - (first.UtcTicks % rounding), TimeSpan.Zero);
        _to = new DateTimeOffset(last.UtcTicks - (last.UtcTicks % rounding) + rounding, TimeSpan.Zero);
    }

    public double PercentOf(DateTimeOffset at) => Math.Round(Left + ((at - _from) / (_to - _from) * (Right - Left)), 1);

    public bool Has(DateTimeOffset at) => at >= _from && at <= _to;

    /// <summary>Whole steps in the zone: the time of day, or the day where one begins.</summary>
    public IEnumerable<(double Percent, string Text)> Ticks()
    {
        var local = TimeZoneInfo.ConvertTime(_from, _zone).DateTime;
        for (var tick = new DateTime(local.Ticks - (local.Ticks % _step.Ticks)); ; tick += _step)
        {
            var at = new DateTimeOffset(tick, _zone.GetUtcOffset(tick));
            if (at > _to)
            {
                yield break;
            }

            if (at >= _from)
            {
                var format = tick.TimeOfDay == TimeSpan.Zero ? "d MMM" : "HH:mm";
                yield return (PercentOf(at), tick.ToString(format, CultureInfo.InvariantCulture));
            }
        }
    }
}
