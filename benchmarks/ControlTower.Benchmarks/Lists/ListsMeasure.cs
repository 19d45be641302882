using System.Globalization;
using System.Runtime.InteropServices;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Benchmarks.Lists;

/// <summary>
/// Reads every list as pages and API do, with every combination of its filters for viewers of every scope, and the data
/// of the Tower page. What stands beside the lists is read by <see cref="FiguresMeasure"/>.
/// </summary>
internal sealed class ListsMeasure(ServiceProvider services, ListsOptions options)
{
    private const int PageSize = 50;

    private static readonly (string Name, Actor Actor)[] People =
    [
        ("all", Person([])),
        ("half of the sites",
            Person([.. Enumerable.Range(1, 30).Select(n => string.Create(CultureInfo.InvariantCulture, $"S{n * 2:00}"))])),
        ("one site", Person(["S20"])),
        ("a rare site", Person(["RARE"])),
    ];

    private readonly ITowerDb _db = services.GetRequiredService<ITowerDb>();
    private readonly Times _times = new();

    public async Task<string> RunAsync()
    {
        foreach (var (name, actor) in People)
        {
            await TransactionsAsync(name, actor);
            await SearchAsync(name, actor);
            await ExceptionsAsync(name, actor);
            await ApprovalsAsync(name, actor);
            await AuditAsync(name, actor);
            await TowerAsync(name, actor);
            await new FiguresMeasure(services, options, _times).RunAsync(name, actor);
        }

        return string.Create(CultureInfo.InvariantCulture, $"""

            ### {DateTimeOffset.UtcNow:yyyy-MM-dd}, {options.Transactions} transactions{(options.Events ? " of 12 events each" : " without events")}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, PostgreSQL 15 with fsync and synchronous_commit on

            {_times.Table()}
            The slowest of all combinations:

            {_times.Slowest(8)}
            """);
    }

    private async Task TransactionsAsync(string name, Actor actor)
    {
        var lists = new TransactionQueries(_db);
        foreach (var filter in Filters())
        {
            var what = $"{name}: {Words(filter)}";
            var first = await _times.MeasureAsync(
                "transactions, first page", what, options.Rounds, () => lists.ListAsync(filter, actor, null, PageSize, default));
            if (first.Next is { } next && RowCursor.TryParse(next, out var cursor))
            {
                await _times.MeasureAsync(
                    "transactions, next page", what, options.Rounds, () => lists.ListAsync(filter, actor, cursor, PageSize, default));
            }
        }
    }

    /// <summary>Stage × health × region × site × late, and the others.</summary>
    private static IEnumerable<TransactionFilter> Filters()
    {
        var crossed =
            from stage in new TransactionStage?[] {
                null, TransactionStage.Accepted, TransactionStage.Shipped, TransactionStage.Posted, TransactionStage.Cancelled }
            from health in new TransactionHealth?[] { null, TransactionHealth.Held, TransactionHealth.Failed }
            from region in new[] { null, "Region 3", "Closed region" }
            from site in new[] { null, "S10", "RARE" }
            from late in new bool?[] { null, true }
            select new TransactionFilter(Stage: stage, Health: health, Region: region, Site: site, Late: late);
        TransactionFilter[] others = [new(Open: true), new(NeedsAttention: true), new(Open: true, Region: "Region 5"),
            new(NeedsAttention: true, Site: "S30"), new(Open: true, Late: true)];
        return crossed.Concat(others);
    }

    private async Task SearchAsync(string name, Actor actor)
    {
        var lists = new TransactionQueries(_db);
        foreach (var part in new[] { 0.03, 0.4, 0.77, 0.999 })
        {
            var number = Math.Max(1, (long)(options.Transactions * part)).ToString("00000000", CultureInfo.InvariantCulture);
            string[] texts =
            [
                $"SO-{number}", $"so-{number}", $"PO-{number}", $"1Z{number}", $"INV-{number}", $"erp:SO-{number}",
                $"create-invoice:SO-{number}:3/1", $"JE-{number[..6]}", $"SO-{number[..5]}",
                $"1Z{number[..3]}", "SO-", "erp:SO-0", "1z", "nothing",
            ];
            foreach (var text in texts)
            {
                var group = text.EndsWith(number, StringComparison.Ordinal) || text.Contains('/')
                    ? "transactions, search by a number"
                    : "transactions, search by a number's beginning";
                await SearchAsync(lists, group, name, text, actor);
            }

            foreach (var text in new[] { number.TrimStart('0'), number[^3..], "100" })
            {
                await SearchAsync(lists, "transactions, search by digits inside", name, text, actor);
            }
        }

        foreach (var text in new[] { "C-4711", "c-47", "customer 4711", "Customer 4", "4711", "c" })
        {
            await SearchAsync(lists, "transactions, search by a customer", name, text, actor);
        }
    }

    private Task SearchAsync(TransactionQueries lists, string group, string name, string text, Actor actor) => _times.MeasureAsync(
        group, $"{name}: {text}", options.Rounds, () => lists.ListAsync(new(Search: text), actor, null, PageSize, default));

    private async Task ExceptionsAsync(string name, Actor actor)
    {
        var lists = new CaseQueries(_db);
        var filters =
            from states in new[] { CaseFilter.Unresolved, [CaseState.Assigned], [CaseState.Resolved], [] }
            from team in new[] { null, "warehouse", "customer-service" }
            from reason in new[] { null, "PICK_SHORT", "REFERENCE_UNKNOWN" }
            from site in new[] { null, "S10", "RARE" }
            from connector in new[] { null, "tms" }
            from assignee in new[] { null, "person.7" }
            select new CaseFilter
                { States = states, Team = team, ReasonCode = reason, Site = site, Connector = connector, Assignee = assignee };
        foreach (var filter in filters)
        {
            var what =
                $"{name}: {string.Join('/', filter.States)}"
                    + $" {filter.Team} {filter.ReasonCode} {filter.Site} {filter.Connector} {filter.Assignee}";
            var first = await _times.MeasureAsync(
                "exceptions, first page", what, options.Rounds, () => lists.PageAsync(filter, actor, null, PageSize));
            if (first.Next is { } next)
            {
                await _times.MeasureAsync(
                    "exceptions, next page", what, options.Rounds, () => lists.PageAsync(filter, actor, next, PageSize));
            }
        }

        foreach (var filter in new CaseFilter[] {
            new() { States = CaseFilter.Unresolved }, new() { States = CaseFilter.Unresolved, Team = "warehouse" }, new() })
        {
            await _times.MeasureAsync("exceptions, counts of queues and causes", $"{name}: {string.Join('/', filter.States)} {filter.Team}",
                options.Rounds, () => lists.CountsAsync(filter, actor));
            foreach (var text in new[] { $"SO-{options.Transactions - 5:00000000}", $"1Z{options.Transactions / 2:00000000}",
                "lot is unknown", "nobody knows this", "17" })
            {
                await _times.MeasureAsync("exceptions, search", $"{name}: {string.Join('/', filter.States)} {text}", options.Rounds,
                    () => lists.PageAsync(filter with { Search = text }, actor, null, PageSize));
            }
        }
    }

    private async Task ApprovalsAsync(string name, Actor actor)
    {
        var lists = new ApprovalQueries(_db, services.GetRequiredService<IPolicyStore>());
        await _times.MeasureAsync("approvals, what waits", name, options.Rounds, () => lists.WaitingAsync(actor));
        foreach (var state in new ApprovalState?[] { null, ApprovalState.Pending, ApprovalState.Approved, ApprovalState.Rejected })
        {
            var first = await _times.MeasureAsync(
                "approvals, first page", $"{name}: {state}", options.Rounds, () => lists.PageAsync(new(state), actor, null, PageSize));
            if (first.Next is { } next)
            {
                await _times.MeasureAsync(
                    "approvals, next page", $"{name}: {state}", options.Rounds, () => lists.PageAsync(new(state), actor, next, PageSize));
            }
        }

        var decided = await _times.MeasureAsync(
            "approvals, first page", $"{name}: decided", options.Rounds, () => lists.DecidedAsync(actor, null, PageSize));
        await _times.MeasureAsync(
            "approvals, next page", $"{name}: decided", options.Rounds, () => lists.DecidedAsync(actor, decided.Next, PageSize));
    }

    private async Task AuditAsync(string name, Actor actor)
    {
        var lists = new AuditQueries(_db);
        var (middle, order) = (new DateTimeOffset(2026, 10, 10, 0, 0, 0, TimeSpan.Zero), $"SO-{options.Transactions / 2:00000000}");
        AuditFilter[] filters =
        [
            new(), new(Actor: "person.7"), new(Actor: "tower"), new(Actor: "nobody"), new(Act: "case.replayed"), new(Act: "case."),
            new(Act: "command.wanted"), new(Act: "no.such"),
            new(Object: $"create-invoice:{order}:3/1"), new(Object: "case:1000"), new(Object: "1000"), new(Transaction: order),
            new(Transaction: $"erp:{order}"),
            new(From: middle, To: middle.AddDays(1)), new(To: middle), new(From: middle),
            new(Act: "case.", From: middle, To: middle.AddDays(2)),
            new(Actor: "person.7", Act: "case.noted", To: middle), new(Transaction: order, Act: "command."),
        ];
        foreach (var filter in filters)
        {
            var what = $"{name}: {filter}";
            var first = await _times.MeasureAsync(
                "audit, first page", what, options.Rounds, () => lists.PageAsync(filter, actor, null, PageSize));
            if (first.Next is { } next)
            {
                await _times.MeasureAsync("audit, next page", what, options.Rounds, () => lists.PageAsync(filter, actor, next, PageSize));
            }
        }
    }

    /// <summary>With all of its figures, including those that a running page reads less often.</summary>
    private async Task TowerAsync(string name, Actor actor)
    {
        var clocks = services.GetRequiredService<TowerClocks>();
        foreach (var role in new[] { TowerRoles.Auditor, TowerRoles.WarehouseSupervisor, TowerRoles.FinanceApprover })
        {
            var view = TowerView.From(actor with { Roles = [role] });
            await _times.MeasureAsync("the Tower page's data", $"{name}, {role}", options.Rounds * 5,
                () => new TowerQueries(_db, services.GetRequiredService<IPolicyStore>(), clocks).ReadAsync(view, default));
        }
    }

    private static Actor Person(string[] sites) => new(1, "somebody", Actor.Person, [TowerRoles.Auditor], sites, [], null);

    private static string Words(TransactionFilter filter) => filter == TransactionFilter.All ? "everything" : string.Join(' ', new object?[]
    {
        filter.Stage, filter.Health, filter.Region, filter.Site, filter.Late == true ? "late" : null, filter.Open ? "open" : null,
        filter.NeedsAttention ? "needs attention" : null,
    }.Where(word => word is not null));
}
