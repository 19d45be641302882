using System.Globalization;

namespace ControlTower.Web.Shared;

/// <summary>Instants and durations as text.</summary>
public static class TimeFormat
{
    /// <summary>The zone of that IANA name; UTC without one, and where this machine does not know it.</summary>
    public static TimeZoneInfo Zone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>"now", "12 min ago", "in 3 h", "4 d ago".</summary>
    public static string Relative(DateTimeOffset value, DateTimeOffset now)
    {
        var age = now - value;
        return age.Duration() < TimeSpan.FromMinutes(1) ? "now" : age < TimeSpan.Zero ? $"in {Duration(-age)}" : $"{Duration(age)} ago";
    }

    /// <summary>The largest unit and, while it is small, the next: "45 s", "12 min", "3 h 20 min", "4 d 6 h", "38 d".</summary>
    public static string Duration(TimeSpan span) => span.Duration() switch
    {
        { TotalMinutes: < 1 } s => $"{(int)s.TotalSeconds} s",
        { TotalHours: < 1 } s => $"{(int)s.TotalMinutes} min",
        { TotalHours: < 6 } s => s.Minutes == 0 ? $"{(int)s.TotalHours} h" : $"{(int)s.TotalHours} h {s.Minutes} min",
        { TotalDays: < 1 } s => $"{(int)s.TotalHours} h",
        { TotalDays: < 7 } s => s.Hours == 0 ? $"{(int)s.TotalDays} d" : $"{(int)s.TotalDays} d {s.Hours} h",
        var s => $"{(int)s.TotalDays} d",
    };

    /// <summary>"5 Jan 14:02 UTC-3"; with the year when it is another one than that of <paramref name="now"/>.</summary>
    public static string Absolute(DateTimeOffset value, TimeZoneInfo zone, DateTimeOffset? now = null)
    {
        var local = TimeZoneInfo.ConvertTime(value, zone);
        var format = now is not { } today || local.Year == TimeZoneInfo.ConvertTime(today, zone).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm";
        return $"{local.ToString(format, CultureInfo.InvariantCulture)} {ZoneLabel(local.Offset)}";
    }

    /// <summary>"14:02:11 UTC".</summary>
    public static string Clock(DateTimeOffset value) => value.UtcDateTime.ToString("HH:mm:ss' UTC'", CultureInfo.InvariantCulture);

    /// <summary>"2026-01-05T14:02:11Z": for addresses, files and the markup's <c>datetime</c>.</summary>
    public static string Iso(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>"5 Jan 2026 14:02:11 UTC-3 (America/Sao_Paulo), 17:02:11 UTC".</summary>
    public static string Full(DateTimeOffset value, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(value, zone);
        var text = $"{local.ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {ZoneLabel(local.Offset)}";
        return zone == TimeZoneInfo.Utc
            ? text
            : $"{text} ({zone.Id}), {value.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
    }

    /// <summary>"UTC", "UTC-3", "UTC+5:30".</summary>
    public static string ZoneLabel(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var minutes = Math.Abs(offset.Minutes);
        return $"UTC{sign}{Math.Abs(offset.Hours)}{(minutes == 0 ? "" : $":{minutes:00}")}";
    }
}
