using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Testing;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Shipments;

/// <summary>The queries as each database receives them; no server is needed to translate.</summary>
public sealed class ShipmentTranslationTests
{
    private static readonly RowCursor Place = RowCursor.At("promise", TransactionRows.Start, 7);

    public static TheoryData<ShipmentList> Lists => [.. Enum.GetValues<ShipmentList>()];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_list_translates_and_names_the_condition_of_a_partial_index(ShipmentList list)
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
        foreach (var db in new TowerDbContext[] { postgres, sqlServer })
        {
            var matching = Matching(db, list);
            var listed = matching.From(new ShipmentFilter(list).Order, Place, db).Take(51).ToQueryString();

            foreach (var query in new[] { listed, ShipmentListing.Counted(matching).ToQueryString() })
            {
                query.ShouldContain(list is ShipmentList.Silent or ShipmentList.WithoutProof or ShipmentList.WithoutTracking
                    ? Condition(db, "health", "<>", 0)
                    : Condition(db, "stage", "<", 5));
            }
        }
    }

    [Fact]
    public void Late_orders_are_paged_by_their_promise()
    {
        using var db = TowerContexts.Postgres("Host=nowhere");

        Matching(db, ShipmentList.Late).From(ShipmentSort.Promise, Place, db).ToQueryString()
            .ShouldContain("(t.requested_delivery, t.id) > (@at, @id)");
    }

    [Fact]
    public void The_choice_of_carriers_translates_on_both_databases()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");

        ShipmentQueries.Carriers(postgres, Somebody).ToQueryString().ShouldContain("t.stage < 7");
        ShipmentQueries.Carriers(sqlServer, Somebody).ToQueryString().ShouldContain("[t].[stage] < CAST(7 AS smallint)");
    }

    private static IQueryable<Core.Persistence.Transactions.TransactionRecord> Matching(TowerDbContext db, ShipmentList list) =>
        db.Transactions.VisibleTo(Somebody, db).Matching(new ShipmentFilter(list, null, "DHL", "EAST", "Europe"), Somebody, db);

    private static string Condition(TowerDbContext db, string column, string comparison, int value) => db is PostgresTowerDbContext
        ? $"t.{column} {comparison} {value}"
        : $"[t].[{column}] {comparison} CAST({value} AS smallint)";

    private static Core.Kernel.Actor Somebody => TransactionRows.Person("somebody", ["EAST"], ["1000"]);
}
