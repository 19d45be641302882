using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <content>Dates and instants.</content>
public readonly partial struct FieldReader
{
    public DateOnly? Date()
    {
        if (!IsPresent)
        {
            return null;
        }

        // Systems send an instant where a date is meant; its own calendar day is the one they mean.
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        AddError($"{path} must be a date such as 2026-05-31.");
        return null;
    }

    /// <summary>An instant: RFC 3339 with an offset, or a bare date, which ends at the site's midnight.</summary>
    public DateTimeOffset? Instant(TimeZoneInfo zone)
    {
        if (!IsPresent)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.String && SiteTime.TryRead(element.GetString()!, zone, out var instant))
        {
            return instant;
        }

        AddError($"{path} must be a time with an offset (2026-05-31T14:00:00+02:00) or a bare date.");
        return null;
    }
}
