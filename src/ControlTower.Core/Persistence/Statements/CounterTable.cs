namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// A table to which writers only add rows of differences; the sum of all rows of a key is its counter.
/// </summary>
/// <param name="Keys">Columns that tell counters apart.</param>
/// <param name="Sums">Columns that are summed.</param>
internal sealed record CounterTable(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> Sums)
{
    /// <summary>All but the id.</summary>
    public string Columns { get; } = string.Join(", ", [.. Keys, .. Sums]);

    public string Totals { get; } = string.Join(", ", Sums.Select(column => $"SUM({column})"));

    /// <summary>Leaves out counters without a difference.</summary>
    public string NotNothing { get; } = string.Join(" OR ", Sums.Select(column => $"SUM({column}) <> 0"));

    private string KeyList { get; } = string.Join(", ", Keys);

    /// <summary>
    /// Replaces rows by their sums. Takes only rows that no other fold has locked; readers see either the rows or their
    /// sums.
    /// </summary>
    public string Fold(DatabaseProvider provider, int most) => provider == DatabaseProvider.PostgreSQL
        ? $"""
            WITH gone AS (
                DELETE FROM {Name} WHERE id IN (SELECT id FROM {Name} ORDER BY id LIMIT {most} FOR UPDATE SKIP LOCKED) RETURNING *)
            INSERT INTO {Name} ({Columns})
            SELECT {KeyList}, {Totals} FROM gone
            GROUP BY {KeyList} HAVING {NotNothing}
            """
        : $"""
            SET XACT_ABORT ON;
            BEGIN TRANSACTION;
            SELECT TOP (0) * INTO #gone FROM {Name} UNION ALL SELECT TOP (0) * FROM {Name};
            DECLARE @left int = {most}, @gone int = 1;
            WHILE @left > 0 AND @gone > 0
            BEGIN
                DELETE TOP ({RowBatches.Most}) FROM {Name} WITH (ROWLOCK, READPAST) OUTPUT deleted.* INTO #gone;
                SET @gone = @@ROWCOUNT;
                SET @left -= @gone;
            END;
            INSERT INTO {Name} ({Columns})
            SELECT {KeyList}, {Totals} FROM #gone
            GROUP BY {KeyList} HAVING {NotNothing};
            DROP TABLE #gone;
            COMMIT;
            """;
}
