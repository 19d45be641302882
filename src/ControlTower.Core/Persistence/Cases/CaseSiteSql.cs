namespace ControlTower.Core.Persistence.Cases;

/// <summary>The sites of cases, on both databases.</summary>
internal static class CaseSiteSql
{
    /// <summary>
    /// Adds what is missing, on both databases: a case's own site, or without one those of its transaction.
    /// </summary>
    public static string Missing(bool openOnly)
    {
        var open = openOnly ? $" AND c.state < {CaseState.Resolved:D}" : "";
        return $"""
            INSERT INTO case_site (case_id, site)
            SELECT found.case_id, found.site FROM (
                SELECT c.id AS case_id, c.site FROM exception_case c WHERE c.site IS NOT NULL{open}
                UNION ALL
                SELECT c.id, s.site FROM exception_case c JOIN transaction_site s ON s.transaction_id = c.transaction_id WHERE c.site IS NULL{open}) found
            WHERE NOT EXISTS (SELECT 1 FROM case_site k WHERE k.case_id = found.case_id AND k.site = found.site);
            """;
    }
}
