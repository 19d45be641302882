using System.Globalization;

namespace ControlTower.Core.Kernel.Topology;

/// <summary>Times as partners write them, and days at a site.</summary>
public static class SiteTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    /// <summary>The site's zone by its IANA name; UTC when the site or its zone is not known.</summary>
    public static TimeZoneInfo ZoneOf(string? site, SystemTopology topology) =>
        site is not null && topology.Sites.TryGetValue(site, out var profile)
            && TimeZoneInfo.TryFindSystemTimeZoneById(profile.TimeZone, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    /// <summary>The calendar day of an instant at a site.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The last microsecond of a day at a site, in UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);

        // Where summer time begins at midnight, that minute does not exist: the day ends when the clocks jump.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime().AddMicroseconds(-1);
    }

    /// <summary>
    /// RFC 3339 with an offset, or a bare date (its end at the zone). A time without an offset is ambiguous and
    /// rejected.
    /// </summary>
    public static bool TryRead(string text, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
        {
            instant = EndOf(day, zone);
            return true;
        }

        var upper = CutFraction(text.ToUpperInvariant().Replace(' ', 'T'));
        if (!DateTimeOffset.TryParseExact(upper, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant))
        {
            return false;
        }

        instant = UtcMicroseconds.Cut(instant);
        return true;
    }

    /// <summary>RFC 3339 allows any number of digits; .NET keeps seven.</summary>
    private static string CutFraction(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot <= 8 ? text : text.Remove(dot + 8, end - dot - 8);
    }
}
