namespace ControlTower.Web.Api;

/// <summary>A page of a list, by key.</summary>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>Cuts what was read with one row more than asked into a page; the extra row only says that there is a next one.</summary>
    public static Page<T> Of<TRow, T>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> show, Func<TRow, string> cursorOf) => rows.Count > limit
        ? new([.. rows.Take(limit).Select(show)], cursorOf(rows[limit - 1]))
        : new([.. rows.Select(show)], null);
}
