using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>
/// SQL Server's hand-written statements use columns of the model. They are read here, not run on a server.
/// </summary>
public class SqlServerStatementTests
{
    /// <summary>Given by the database, or written when something becomes of a message.</summary>
    private static readonly string[] LaterColumns = ["id", "parked_since", "processed_at", "note"];

    [Fact]
    public void Claims_lock_by_row_and_skip_locked_rows()
    {
        SqlServerStatements.ClaimMessagesSql.ShouldContain("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)");
        SqlServerStatements.ClaimDueTransactionsSql.ShouldContain("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)");
        SqlServerStatements.WithdrawableSql.ShouldContain("READPAST");
    }

    /// <summary>Each insert that is written by hand, with its table.</summary>
    public static TheoryData<string, string> Inserts => new()
    {
        { SqlServerStatements.InsertMessageSql, "inbox_message" },
        { SqlServerStatements.InsertReferenceSql, "document_reference" },
        { SqlServerStatements.InsertLinkSql, "reference_link" },
        { SqlServerStatements.InsertDeferredReferenceSql, "parking" },
        { SqlServerStatements.InsertRetractionSql, "retraction" },
    };

    [Theory]
    [MemberData(nameof(Inserts))]
    public void Inserts_lock_the_gap_that_they_searched(string sql, string table) =>
        sql.ShouldContain("WHERE NOT EXISTS (", customMessage: table);

    [Theory]
    [MemberData(nameof(Inserts))]
    public void Columns_of_a_statement_exist_in_the_model(string sql, string table)
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");
        var entity = db.Model.GetEntityTypes().Single(e => e.GetTableName() == table);
        var columns = entity.GetProperties().Select(p => p.GetColumnName()).ToHashSet();
        var list = sql[(sql.IndexOf('(', StringComparison.Ordinal) + 1)..sql.IndexOf(')', StringComparison.Ordinal)];

        list.Split(',', StringSplitOptions.TrimEntries).ShouldBe(columns.Except(LaterColumns), ignoreOrder: true);
    }

    [Fact]
    public void Opening_a_case_locks_the_gap_of_its_key() =>
        SqlServerStatements.UnresolvedCaseSql.ShouldBe(
            "SELECT id AS Value FROM exception_case WITH (UPDLOCK, ROWLOCK, HOLDLOCK) WHERE case_key = {0} AND state < 3");

    [Fact]
    public void A_jobs_lease_goes_by_the_servers_clock_and_holds_the_gap_of_its_name()
    {
        var take = LeaseStatements.Take(DatabaseProvider.SqlServer, "job", "node", TimeSpan.FromMinutes(1));

        take.Format.ShouldContain("FROM job_lease WITH (UPDLOCK, HOLDLOCK) WHERE name = ");
        take.Format.ShouldContain("until < SYSDATETIMEOFFSET()");
        take.GetArguments().Distinct().ShouldBe(["node", 60_000, "job"], "no instant of the node's");
    }

    [Fact]
    public void Queries_over_statements_translate()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        db.Inbox.FromSqlRaw(SqlServerStatements.ClaimMessagesSql, DateTimeOffset.UnixEpoch, 5).ToQueryString().ShouldContain("READPAST");
        db.Arrivals.FromSqlRaw(SqlServerStatements.ClaimArrivalsSql, 5).ToQueryString().ShouldContain("READPAST");
        db.Transactions.FromSqlRaw(SqlServerStatements.LockTransactionsSql, "[1]").ToQueryString().ShouldContain("OPENJSON");
        db.Users.FromSqlRaw(SqlServerStatements.ShareLockUserSql, 1)
            .ToQueryString()
            .ShouldContain("asp_net_users WITH (REPEATABLEREAD, ROWLOCK)");
        db.References.FromSqlRaw(SqlServerStatements.LockReferencesSql, "[]").ToQueryString().ShouldContain("COLLATE");
    }
}
