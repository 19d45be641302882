namespace ControlTower.Core.Persistence;

/// <summary>
/// Bulk changes by statements of bounded size. From 5,000 locks of one statement on, SQL Server locks the whole table instead of rows, and
/// every worker waits for the change. Each index counts its own locks and those of its pages.
/// </summary>
internal static class RowBatches
{
    /// <summary>Rows that one statement changes.</summary>
    public const int Most = 2000;

    /// <summary>Rows that one claim locks: nothing else is counted with them.</summary>
    public const int MostClaimed = 4000;

    /// <summary>Repeats a statement until it finds nothing: what it changed must not be among what it looks for.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ChangeAllAsync(Func<Task<int>> changeSome)
    {
        var all = 0;
        while (await changeSome() is > 0 and var changed)
        {
            all += changed;
        }

        return all;
    }
}
