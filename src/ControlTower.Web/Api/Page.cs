namespace ControlTower.Web.Api;

/// <summary>A page of a list, by key.</summary>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>
    /// Cuts rows that were read with one more than requested into a page; the extra row only shows that there is a next
    /// one.
    /// </summary>
    public static Page<T> From<TRow, T>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> show, Func<TRow, string> cursorOf) =>
        rows.Count > limit
        ? new([.. rows.Take(limit).Select(show)], cursorOf(rows[limit - 1]))
        : new([.. rows.Select(show)], null);

    /// <summary>
    /// Cuts what was read from a place, in either direction and with one row more than asked, into a page in the list's
    /// order.
    /// </summary>
    /// <returns>The rows, and the cursors of the pages before and after them; null where there is none.</returns>
    internal static (IReadOnlyList<T> Rows, string? Previous, string? Next) Around<T>(
        IReadOnlyList<T> rows, int limit, RowCursor? cursor, Func<T, RowCursor> placeOf)
    {
        var more = rows.Count > limit;
        var shown = rows.Take(limit).ToList();
        if (cursor is { Backwards: true })
        {
            shown.Reverse();
        }

        var (before, after) = cursor switch { null => (false, more), { Backwards: true } => (more, true), _ => (true, more) };
        return (
            shown,
            before && shown.Count > 0 ? (placeOf(shown[0]) with { Backwards = true }).ToString() : null,
            after && shown.Count > 0 ? placeOf(shown[^1]).ToString() : null);
    }
}
