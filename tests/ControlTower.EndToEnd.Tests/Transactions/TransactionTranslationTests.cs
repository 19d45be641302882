using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Features.Transactions.Detail;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>The queries as each database receives them; no server is needed to translate.</summary>
public sealed class TransactionTranslationTests
{
    private static readonly TransactionFilter Everything = new(
        null, TransactionStage.Shipped, TransactionHealth.Held, "EAST", "Europe", TransactionRows.Start, true, true, true, true, true,
        true, TransactionRows.Start, TransactionRows.Start);

    private static readonly RowCursor Place = RowCursor.At("latest", TransactionRows.Start, 7);

    [Fact]
    public void PostgreSQL_pages_by_a_row_value()
    {
        using var db = TowerContexts.Postgres("Host=nowhere");

        db.Transactions.From(Place, db).ToQueryString().ShouldContain("(t.updated_at, t.id) < (@at, @id)");
        db.Transactions.From(Place with { Backwards = true }, db).ToQueryString().ShouldContain("(t.updated_at, t.id) > (@at, @id)");
    }

    [Fact]
    public void SQL_Server_pages_by_a_range_that_its_index_seeks()
    {
        using var db = TowerContexts.SqlServer("Server=nowhere");

        db.Transactions.From(Place, db)
            .ToQueryString()
            .ShouldContain("[t].[updated_at] <= @at AND ([t].[updated_at] < @at OR [t].[id] < @id)");
    }

    [Fact]
    public void Held_money_is_paged_by_its_amount_on_both_databases()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
        var place = new RowCursor("mostHeld", 1234.5m, 7);

        postgres.Transactions.From(place, postgres, TransactionSort.MostHeld).ToQueryString()
            .ShouldContain("(t.held, t.id) < (@at, @id)");
        sqlServer.Transactions.From(place, sqlServer, TransactionSort.MostHeld).ToQueryString()
            .ShouldContain("[t].[held] <= @at AND ([t].[held] < @at OR [t].[id] < @id)");
    }

    [Fact]
    public void Every_list_query_translates_on_both_databases()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
        foreach (var db in new TowerDbContext[] { postgres, sqlServer })
        {
            var actor = TransactionRows.Person("somebody", ["EAST"], ["1000"]);
            var rows = db.Transactions.VisibleTo(actor, db).Matching(Everything, db);
            rows.From(Place, db).Take(51).ToQueryString().ShouldNotBeEmpty();
            TransactionTotals.Totals(rows).ToQueryString().ShouldNotBeEmpty();
            foreach (var sort in Enum.GetValues<TransactionSort>())
            {
                rows.From(Place, db, sort).Take(51).ToQueryString().ShouldNotBeEmpty();
            }

            TransactionSearch.Rows(db, [1, 2]).VisibleTo(actor, db).Matching(Everything, db).From(Place, db).Take(51)
                .Select(t => new { t.Key, t.UpdatedAt }).ToQueryString().ShouldNotBeEmpty();
            foreach (var query in Search(db))
            {
                query.ToQueryString().ShouldNotBeEmpty();
            }
        }
    }

    private static IEnumerable<IQueryable> Search(TowerDbContext db) =>
    [
        .. TransactionSearch.ExactQueries("so-1", db),
        .. new[] { "SO-1", "so-1", "erp:SO-1", "10234" }.SelectMany(text => TransactionSearch.BeginningQueries(text, db)),
        CustomerSearch.Words(db, "ACME"),
        CustomerSearch.Orders(db, "ACME", true, 1000),
        CustomerSearch.Orders(db, "ACME", false, 10),
    ];

    [Fact]
    public void A_flag_is_asked_for_as_the_index_of_its_orders_has_it()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");

        Asked(postgres, new() { Late = true }).ShouldContain("WHERE t.late\n");
        Asked(postgres, new() { AtRisk = true }).ShouldContain("WHERE t.at_risk\n");
        Asked(sqlServer, new() { Late = true }).ShouldContain("WHERE [t].[late] = CAST(1 AS bit)");
        Asked(sqlServer, new() { AtRisk = true }).ShouldContain("WHERE [t].[at_risk] = CAST(1 AS bit)");
    }

    private static string Asked(TowerDbContext db, TransactionFilter filter) =>
        db.Transactions.Matching(filter, db).From(null, db).Select(t => t.Id).ToQueryString().ReplaceLineEndings("\n");

    [Fact]
    public void Every_query_of_a_transaction_translates_on_both_databases()
    {
        foreach (var queries in new Func<TowerDbContext, IEnumerable<IQueryable>>[] { Life, Look })
        {
            using var postgres = TowerContexts.Postgres("Host=nowhere");
            using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
            foreach (var query in queries(postgres).Concat(queries(sqlServer)))
            {
                query.ToQueryString().ShouldNotBeEmpty();
            }
        }
    }

    private static IEnumerable<IQueryable> Life(TowerDbContext db) =>
    [
        TransactionDetails.Named(db, "erp:SO-1", Somebody),
        TransactionDetails.Named(db, "SO-1", Somebody),
        TransactionHistory.Events(db, 1),
        TransactionHistory.Commands(db, 1),
        TransactionHistory.Attempts(db, 1),
        TransactionHistory.Holds(db, 1),
        TransactionHistory.Cases(db, 1).VisibleTo(db, Somebody),
        TransactionHistory.Approvals(db, 1),
        TransactionHistory.Audit(db, "erp:SO-1"),
        TransactionHistory.Links(db, 1),
        TransactionHistory.Payload(db, 1, 2),
    ];

    private static IEnumerable<IQueryable> Look(TowerDbContext db)
    {
        var view = TowerView.From(Somebody);
        return
        [
            TowerFlow.Sets(db),
            TowerFlow.Totals(db, Somebody, ["|EAST|"], TransactionRows.Start),
            TowerFlow.Entered(db, Somebody, ["|EAST|"], TransactionRows.Start),
            TowerCases.Totals(db, view, TransactionRows.Start),
            TowerCases.Candidates(db, view),
            WaitingRequests.From(db, Somebody),
            HeldOwners.Holds(db, [1]),
            HeldOwners.Cases(db, [1]),
            TowerFigures.LatestShipped(db, Somebody),
            TowerFigures.LatestDelivered(db, Somebody),
            TowerOrders.Promised(db, Somebody),
            HeldOwners.ForOrders(db, TowerOrders.LatestHeld(db, Somebody)),
            SharedConnectors.WithWaiting(db),
            NeverHeard.Registrations(db, ["erp"]),
        ];
    }

    private static Actor Somebody => TransactionRows.Person("somebody", ["EAST"], ["1000"], TowerRoles.WarehouseSupervisor);
}
