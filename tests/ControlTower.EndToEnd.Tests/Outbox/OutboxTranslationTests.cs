using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// Every query of the outbox translates for SQL Server, and its raw statements take their parameters.
/// </summary>
public class OutboxTranslationTests
{
    public static TheoryData<string> Names => [.. Queries.Keys];

    private static Dictionary<string, Func<TowerDbContext, IQueryable>> Queries { get; } = new()
    {
        ["doubts of commands"] = db => UnknownOutcomes.Open(db, [1, 2]),
        ["due look-ups"] = db => OutcomeLookups.Due(db, DateTimeOffset.UnixEpoch),
        ["what waits for a connector"] = db => ConnectorProbe.Waiting(db, "wms"),
        ["what is under way to a connector"] = db => ConnectorProbe.UnderWay(db, "wms"),
        ["lines of connectors"] = ConnectorPressures.Lines,
        ["doubts of connectors"] = ConnectorPressures.WithUnknownOutcome,
        ["connectors with work"] = db => CommandClaims.WithWork(db, ["wms", "erp"], DateTimeOffset.UnixEpoch),
        ["paused ones of connectors"] = db => EagerDispatch.Paused(db, ["wms", "erp"]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_query_translates_on_both_databases(string name)
    {
        using var server = TowerContexts.SqlServer("Server=nowhere");
        using var postgres = TowerContexts.Postgres("Host=nowhere");

        Queries[name](server).ToQueryString().ShouldContain("SELECT");
        Queries[name](postgres).ToQueryString().ShouldContain("SELECT");
    }

    [Fact]
    public void Raw_statements_of_SQL_Server_lock_row_by_row_and_skip_locked_rows()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");
        var statements = new[]
        {
            db.Commands.FromSqlRaw(SqlServerOutboxStatements.DueSql, "wms", DateTimeOffset.UnixEpoch, 10).ToQueryString(),
            db.Transactions.FromSqlRaw(SqlServerOutboxStatements.FreeTransactionsSql, "[1]").ToQueryString(),
            db.Commands.FromSqlRaw(SqlServerOutboxStatements.PendingSql, "[1]").ToQueryString(),
            db.Commands.FromSqlRaw(SqlServerOutboxStatements.ExpiredSql, DateTimeOffset.UnixEpoch, 10).ToQueryString(),
        };

        statements.ShouldAllBe(sql => sql.Contains("READPAST") && sql.Contains("UPDLOCK"));
        db.Commands.FromSqlRaw(SqlServerOutboxStatements.AttemptedSql, "[1]").ToQueryString().ShouldContain("UPDLOCK");
    }
}
