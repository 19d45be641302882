using System.Globalization;

namespace ControlTower.Web.Api;

/// <summary>Instants as an address and a request write them.</summary>
public static class InstantText
{
    /// <summary>"2026-01-05" for the first instant of a day in UTC, else "2026-01-05T14:02:11Z".</summary>
    public static string? Write(DateTimeOffset? at) => at?.UtcDateTime.ToString(
        at.Value.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A bare date is its first instant in UTC.</summary>
    /// <param name="error">A sentence when it is no instant; an earlier one stays.</param>
    public static DateTimeOffset? Read(string? text, string name, ref string? error)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return at;
        }

        error ??= $"{name}: an instant such as 2026-01-05T14:02:11Z.";
        return null;
    }
}
