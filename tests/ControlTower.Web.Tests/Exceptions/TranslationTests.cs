using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Testing;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Features.Exceptions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>The queries of these pages as each database receives them; no server is needed to translate.</summary>
public sealed class TranslationTests
{
    private static readonly Actor Somebody = new(1, "somebody", Actor.Person, [TowerRoles.WarehouseSupervisor], ["EAST-1"], ["1000"], null);

    [Fact]
    public void Every_query_translates_on_both_databases()
    {
        using var postgres = TowerContexts.Postgres("Host=nowhere");
        using var sqlServer = TowerContexts.SqlServer("Server=nowhere");
        foreach (var query in Queries(postgres).Concat(Queries(sqlServer)))
        {
            query.ToQueryString().ShouldNotBeEmpty();
        }
    }

    private static IEnumerable<IQueryable> Queries(TowerDbContext db)
    {
        var everything = new CaseFilter
        {
            States = CaseFilter.Unresolved,
            Team = "warehouse",
            ReasonCode = "PICK_SHORT",
            Connector = "wms",
            Site = "EAST-1",
            Assignee = "me",
            Search = "SO-1",
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch,
        };
        var place = RowCursor.At("due", DateTimeOffset.UnixEpoch, 7);
        var hits = new CaseHits(1, "PICK_SHORT", [1], [3]);
        yield return CaseQueries.RowsAfter(db, everything, Somebody, hits, place, 51);
        yield return CaseQueries.RowsAfter(db, everything with { States = [] }, Somebody, hits, place, 51);
        yield return CaseQueries.RowsAfter(db, everything with { States = [CaseState.Waived] }, Somebody, hits, place, 51);
        foreach (var sort in everything.Sorts)
        {
            yield return CaseQueries.RowsAfter(db, everything with { Sort = sort }, Somebody, hits, place, 51);
        }

        yield return CaseSearch.Worded(db, everything, Somebody, "SO-1");
        yield return CaseSearch.OfMessages(db, everything, "SO-1");
        yield return CaseQueries.RowsOf(db, [1, 2], Somebody);
        yield return CaseQueries.Queues(db, everything with { Site = null }, Somebody, hits);
        yield return CaseQueries.Queues(db, everything with { States = [] }, Somebody, hits);
        yield return CaseQueries.Aged(db, everything with { Site = null }, Somebody, hits, DateTimeOffset.UnixEpoch);
        foreach (var query in Requests(db))
        {
            yield return query;
        }

        var named = new AuditNames(["erp:SO-1"],
            new AuditObject("case:1", "case", "1", "pick/SH-1", ["case:1", "1", "pick/SH-1"], ["erp:SO-1"]),
            ["case.noted", "case.replayed"], 1, 2);
        var entries = new AuditFilter("a", "case.", "case:1", "SO-1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        yield return AuditQueries.Listed(
            db, entries with { Sort = AuditSort.Oldest }, named, Somebody, new RowCursor("oldest", 7, 7), 51);
        yield return AuditQueries.Counted(db, entries, named, Somebody);
        yield return AuditQueries.Listed(db, entries, named, Somebody, new RowCursor("newest", 7, 7), 51);
        yield return AuditNames.NextAct(db, "case.", "case.noted");
        yield return AuditNames.ByOrder(db, "SO-1").Take(50);
        foreach (var query in AuditNames.TransactionsOf(db, ["1"], 1))
        {
            yield return query.Take(50);
        }

        yield return ConnectorStatusQuery.Waiting(db);
        yield return ConnectorStatusQuery.WithUnknownOutcome(db);
        yield return ConnectorStatusQuery.Unprocessed(db);
        yield return ConnectorStatusQuery.Cases(db, Somebody);
        yield return ConnectorHoursQuery.First(db);
        yield return ConnectorHoursQuery.Sums(db, "wms", DateTimeOffset.UnixEpoch);
        yield return ActiveHolds.OfTransaction(db, 1);
        yield return Assignees.Active(db, "warehouse", "EAST-1");
        yield return ApprovalSweep.Ended(db, DateTimeOffset.UnixEpoch, 1);
    }

    private static IEnumerable<IQueryable> Requests(TowerDbContext db)
    {
        var filter = new ApprovalFilter(
            ApprovalState.Pending, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        var matching = ApprovalListing.Matching(db, db.Transactions, filter, Somebody);
        yield return ApprovalListing.Totals(ApprovalListing.Decided(matching));
        foreach (var sort in Enum.GetValues<ApprovalSort>())
        {
            yield return matching.From(sort, new RowCursor(ChoiceText.For(sort), 7, 7), db).Take(200);
        }
    }
}
