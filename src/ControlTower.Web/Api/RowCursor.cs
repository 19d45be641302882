using System.Globalization;

namespace ControlTower.Web.Api;

/// <summary>
/// A place in a list that is ordered by an instant or an amount, then by id: the key of the row next to it. It needs no
/// row to be still there.
/// </summary>
/// <param name="Sort">Name of the list's order: a place of one order is none of another.</param>
/// <param name="Value">Ticks of the instant, or the amount.</param>
/// <param name="Backwards">The page before this place, not the one after it.</param>
public readonly record struct RowCursor(string Sort, decimal Value, long Id, bool Backwards = false)
{
    private const string Back = "back";

    /// <summary>No instant and no stored amount is above it.</summary>
    private static readonly decimal Most = DateTimeOffset.MaxValue.Ticks;

    public static RowCursor At(string sort, DateTimeOffset instant, long id) => new(sort, instant.UtcTicks, id);

    public override string ToString() => Backwards
        ? PageCursor.Write(Number(Value), Number(Id), Sort, Back)
        : PageCursor.Write(Number(Value), Number(Id), Sort);

    /// <summary>The place in a list of that order; null for the first page.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of such a list: 422.</exception>
    public static RowCursor? Read(string? cursor, string sort) => string.IsNullOrEmpty(cursor) ? null
        : !TryParse(cursor, out var place) ? throw PageCursor.Refused()
        : place.Sort != sort ? throw PageCursor.OfAnotherSort()
        : place;

    /// <summary>The place that a page's address has; null, for the first page, when it is none of that order.</summary>
    public static RowCursor? OrFirst(string? cursor, string sort) =>
        cursor is not null && TryParse(cursor, out var place) && place.Sort == sort ? place : null;

    /// <summary>False for anything that this tower did not give out.</summary>
    public static bool TryParse(string text, out RowCursor cursor)
    {
        var back = PageCursor.TryRead(text, 4);
        var parts = back is [.., Back] ? back : PageCursor.TryRead(text, 3);
        cursor = default;
        if (parts is null || !TryValue(parts[0], out var value)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        cursor = new(parts[2], value, id, back is not null);
        return true;
    }

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryValue(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= Most;
}
