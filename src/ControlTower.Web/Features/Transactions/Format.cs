using System.Globalization;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Amounts, times and durations as people read them.</summary>
public static class Format
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>"1,234.50 USD".</summary>
    public static string Money(decimal amount, string? currency) =>
        string.IsNullOrEmpty(currency) ? amount.ToString("N2", English) : $"{amount.ToString("N2", English)} {currency}";

    /// <summary>"1.23 M USD": what can be read from across a room.</summary>
    public static string Short(decimal amount, string currency) => Math.Abs(amount) switch
    {
        >= 999_950_000 => $"{(amount / 1_000_000_000).ToString("0.0#", English)} bn {currency}",
        >= 999_950 => $"{(amount / 1_000_000).ToString("0.0#", English)} M {currency}",
        >= 10_000 => $"{(amount / 1000).ToString("0.#", English)} k {currency}",
        _ => $"{amount.ToString("N0", English)} {currency}",
    };

    public static string Quantity(decimal quantity) => quantity.ToString("#,0.######", English);

    public static string Count(int count) => count.ToString("N0", English);

    public static string Percent(decimal share) => share.ToString("P1", English).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>"just now", "12 min ago", "in 3 h", "2 d ago".</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        if (distance.Duration() < TimeSpan.FromSeconds(5))
        {
            return "just now";
        }

        return distance > TimeSpan.Zero ? $"{Duration(distance)} ago" : $"in {Duration(-distance)}";
    }

    /// <summary>The two greatest units that matter: "45 s", "12 min", "3 h 20 min", "2 d 4 h".</summary>
    public static string Duration(TimeSpan duration)
    {
        var d = duration.Duration();
        return d switch
        {
            { TotalSeconds: < 60 } => $"{(int)d.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)d.TotalMinutes} min",
            { TotalHours: < 24 } => d.Minutes == 0 ? $"{d.Hours} h" : $"{d.Hours} h {d.Minutes} min",
            { TotalDays: < 10 } => d.Hours == 0 ? $"{d.Days} d" : $"{d.Days} d {d.Hours} h",
            _ => $"{(int)d.TotalDays} d",
        };
    }

    /// <summary>"2 Mar 14:05 UTC+1": in the zone with its name; an unknown zone is UTC.</summary>
    public static string InZone(DateTimeOffset at, string? timeZone)
    {
        var zone = ZoneOf(timeZone);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{local.ToString("d MMM HH:mm", English)} {ZoneName(zone, local)}";
    }

    /// <summary>With year, seconds and zone, for the tooltip.</summary>
    public static string Exact(DateTimeOffset at, string? timeZone)
    {
        var zone = ZoneOf(timeZone);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var name = zone == TimeZoneInfo.Utc ? "UTC" : $"{ZoneName(zone, local)} ({zone.Id})";
        return $"{local.ToString("yyyy-MM-dd HH:mm:ss", English)} {name}";
    }

    private static TimeZoneInfo ZoneOf(string? timeZone) =>
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    // Time zones have no abbreviation that .NET gives on every system: the offset says it without doubt.
    private static string ZoneName(TimeZoneInfo zone, DateTimeOffset local) => zone.Id is "UTC" or "Etc/UTC"
        ? "UTC"
        : local.Offset == TimeSpan.Zero ? "UTC+0" : $"UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{Offset(local.Offset.Duration())}";

    private static string Offset(TimeSpan offset) =>
        offset.Minutes == 0 ? offset.Hours.ToString(English) : $"{offset.Hours.ToString(English)}:{offset.Minutes:00}";
}
