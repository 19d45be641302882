namespace ControlTower.Core.Persistence.Statements;

/// <summary>Takes a job's lease, or prolongs it, if it is free or the owner's: one statement, whose times are the server's.</summary>
internal static class LeaseStatements
{
    /// <summary>Changes one row when the lease is taken, else none.</summary>
    public static FormattableString Take(DatabaseProvider provider, string name, string owner, TimeSpan time) =>
        provider == DatabaseProvider.SqlServer ? OnSqlServer(name, owner, (int)time.TotalMilliseconds) : OnPostgres(name, owner, time);

    private static FormattableString OnPostgres(string name, string owner, TimeSpan time) => $"""
        INSERT INTO job_lease (name, owner, until) VALUES ({name}, {owner}, clock_timestamp() + {time})
        ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, until = EXCLUDED.until
        WHERE job_lease.owner = EXCLUDED.owner OR job_lease.until < clock_timestamp()
        """;

    // The range lock of the second statement keeps two first owners apart.
    private static FormattableString OnSqlServer(string name, string owner, int milliseconds) => $"""
        UPDATE job_lease SET owner = {owner}, until = DATEADD(millisecond, {milliseconds}, SYSDATETIMEOFFSET())
        WHERE name = {name} AND (owner = {owner} OR until < SYSDATETIMEOFFSET());
        IF @@ROWCOUNT = 0
            INSERT INTO job_lease (name, owner, until) SELECT {name}, {owner}, DATEADD(millisecond, {milliseconds}, SYSDATETIMEOFFSET())
            WHERE NOT EXISTS (SELECT 1 FROM job_lease WITH (UPDLOCK, HOLDLOCK) WHERE name = {name});
        """;
}
