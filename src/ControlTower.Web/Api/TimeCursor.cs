using System.Globalization;

namespace ControlTower.Web.Api;

/// <summary>
/// A place in a list that is ordered by an instant, then by id: the key of the row next to it. It needs no row to be
/// still there.
/// </summary>
/// <param name="Backwards">The page before this place, not the one after it.</param>
public readonly record struct TimeCursor(DateTimeOffset At, long Id, bool Backwards = false)
{
    private const string Back = "back";

    public override string ToString() => Backwards
        ? PageCursor.Write(Number(At.UtcTicks), Number(Id), Back)
        : PageCursor.Write(Number(At.UtcTicks), Number(Id));

    /// <summary>The place of a list that is only read forward; null for the first page.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of this list: 422.</exception>
    public static TimeCursor? Read(string? cursor) => string.IsNullOrEmpty(cursor) ? null
        : TryParse(cursor, out var place) && !place.Backwards ? place
        : throw PageCursor.Refused();

    /// <summary>False for anything that this tower did not give out.</summary>
    public static bool TryParse(string text, out TimeCursor cursor)
    {
        var back = PageCursor.TryRead(text, 3);
        var parts = back is [_, _, Back] ? back : PageCursor.TryRead(text, 2);
        cursor = default;
        if (parts is null || !TryNumber(parts[0], out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks
            || !TryNumber(parts[1], out var id))
        {
            return false;
        }

        cursor = new(new DateTimeOffset(ticks, TimeSpan.Zero), id, back is not null);
        return true;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
