using System.Globalization;

namespace ControlTower.Web.Shared.Kit.Filters;

/// <summary>Days and instants in UTC as a browser's fields for dates have them.</summary>
internal static class DayRange
{
    /// <summary>A year that is being typed begins with zeros: nothing before this is meant.</summary>
    public static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Last = new(2999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private const string Day = "yyyy-MM-dd";
    private static readonly string[] Formats = [Day, "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFF"];

    public static string? Write(DateTimeOffset? at, bool times) =>
        at?.UtcDateTime.ToString(times ? Formats[2] : Day, CultureInfo.InvariantCulture);

    /// <summary>The last day of a range that ends before that instant.</summary>
    public static DateTimeOffset? LastDay(DateTimeOffset? end) => end > First ? end.Value.AddTicks(-1) : end;

    /// <summary>An empty text is no bound.</summary>
    /// <returns>False while a date is being typed.</returns>
    public static bool TryRead(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && read >= First && read <= Last)
        {
            at = read;
        }

        return at is not null;
    }
}
