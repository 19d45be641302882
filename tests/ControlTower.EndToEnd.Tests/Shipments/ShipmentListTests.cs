using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Shipments.Peek;
using ControlTower.Web.Features.Transactions.Detail;

namespace ControlTower.EndToEnd.Tests.Shipments;

/// <summary>Each list of shipments, its count and its scope, on a real database.</summary>
public sealed class ShipmentListTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Promise = TransactionRows.Start.AddDays(2);

    private TransactionRows _rows = null!;
    private ShipmentQueries _queries = null!;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        var topology = new FixedTopology();
        _queries = new ShipmentQueries(
            _rows.Tower, topology, new SharedShipmentCounts(_rows.Tower),
            new ShipmentPeeks(_rows.Tower, new TransactionDetails(_rows.Tower, topology), topology));
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task Each_list_holds_what_it_names_and_its_count_agrees_with_it()
    {
        await SeedAsync();

        (await OrdersAsync(ShipmentList.Late)).ShouldBe(["LATE-1", "LATE-2"]);
        (await OrdersAsync(ShipmentList.AtRisk)).ShouldBe(["RISK"]);
        (await OrdersAsync(ShipmentList.Silent)).ShouldBe(["SILENT"]);
        (await OrdersAsync(ShipmentList.WithoutProof)).ShouldBe(["PROOF"]);
        (await OrdersAsync(ShipmentList.WithoutTracking)).ShouldBe(["TRACK"]);
        (await OrdersAsync(ShipmentList.OnTheirWay)).ShouldBe(["TRACK", "SILENT", "RISK", "LATE-1"]);
        await CountsAgreeAsync(ShipmentFilter.All, TransactionRows.Auditor);
    }

    [Fact]
    public async Task Counts_agree_with_the_lists_under_every_filter_and_scope()
    {
        await SeedAsync();
        await _rows.AddAsync("WEST", 60, ["WEST"], t => (t.Late, t.AtRisk, t.RequestedDelivery) = (true, false, Promise));
        foreach (var filter in new ShipmentFilter[]
        {
            new(Site: "EAST"), new(Carrier: "DHL"), new(Region: "Europe"), new(Search: "LATE-1"), new(Search: "nothing"),
            new(From: Promise), new(To: Promise), new(Sort: ShipmentSort.Promise),
        })
        {
            await CountsAgreeAsync(filter, TransactionRows.Auditor);
            await CountsAgreeAsync(filter, TransactionRows.Person("west", ["WEST"]));
        }
    }

    [Fact]
    public async Task Filters_narrow_by_carrier_lane_and_any_number()
    {
        await _rows.AddAsync("A", 1, ["EAST"], t => Left(t, "DHL", "Europe"), [("tracking", "1Z900")]);
        await _rows.AddAsync("B", 2, ["WEST"], t => Left(t, "UPS", "Asia"));
        await _rows.AddAsync("C", 3, ["EAST"], t => Left(t, "UPS", "Asia"));

        (await OrdersAsync(new ShipmentFilter(Carrier: "UPS"))).ShouldBe(["C", "B"]);
        (await OrdersAsync(new ShipmentFilter(Site: "EAST", Region: "Asia"))).ShouldBe(["C"]);
        (await OrdersAsync(new ShipmentFilter(Search: "1z900"))).ShouldBe(["A"]);
        (await _queries.CarriersAsync(TransactionRows.Person("west", ["WEST"]), Cancel)).ShouldBe(["UPS"]);
    }

    [Fact]
    public async Task A_range_of_promises_holds_its_first_instant_and_not_its_end()
    {
        await _rows.AddAsync("BEFORE", 1, change: t => Left(t).RequestedDelivery = Promise.AddDays(-1));
        await _rows.AddAsync("THEN", 2, change: t => Left(t).RequestedDelivery = Promise);
        await _rows.AddAsync("AFTER", 3, change: t => Left(t).RequestedDelivery = Promise.AddDays(1));
        await _rows.AddAsync("NONE", 4, change: t => Left(t));

        (await OrdersAsync(new ShipmentFilter(From: Promise, To: Promise.AddDays(1)))).ShouldBe(["THEN"]);
        (await OrdersAsync(new ShipmentFilter(To: Promise))).ShouldBe(["BEFORE"]);
        (await OrdersAsync(new ShipmentFilter(Sort: ShipmentSort.Promise))).ShouldBe(["BEFORE", "THEN", "AFTER", "NONE"]);
    }

    [Fact]
    public async Task People_of_a_site_see_its_orders_and_only_what_is_silent_at_it()
    {
        var shared = await _rows.AddAsync("BOTH", 1, ["EAST", "WEST"], t => Troubled(Left(t)));
        await _rows.AddAsync("W", 2, ["WEST"], t => Left(t));
        await _rows.AddCaseAsync(shared, ReasonCodes.TrackingSilent, "WEST");
        var east = TransactionRows.Person("supervisor.east", ["EAST"]);

        (await OrdersAsync(ShipmentFilter.All, east)).ShouldBe(["BOTH"]);
        (await OrdersAsync(new ShipmentFilter(ShipmentList.Silent), east)).ShouldBeEmpty();
        (await OrdersAsync(new ShipmentFilter(ShipmentList.Silent), TransactionRows.Person("west", ["WEST"]))).ShouldBe(["BOTH"]);
        (await OrdersAsync(new ShipmentFilter(ShipmentList.Silent, Site: "EAST"))).ShouldBeEmpty();
        (await _queries.PeekAsync("erp:W", east, Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData(ShipmentList.Late, null)]
    [InlineData(ShipmentList.Late, ShipmentSort.Latest)]
    [InlineData(ShipmentList.OnTheirWay, null)]
    [InlineData(ShipmentList.OnTheirWay, ShipmentSort.Promise)]
    public async Task Pages_follow_one_another_and_back_and_lose_nothing(ShipmentList list, ShipmentSort? sort)
    {
        for (var i = 0; i < 7; i++)
        {
            await _rows.AddAsync($"SO-{i}", i / 2, ["EAST"], t =>
            {
                Left(t).Late = true;
                t.RequestedDelivery = Promise.AddHours(i / 3);
            });
        }

        var filter = new ShipmentFilter(list, Sort: sort);
        var first = await PageAsync(filter, null);
        var second = await PageAsync(filter, first.Next);
        var third = await PageAsync(filter, second.Next);

        string[] expected = ["SO-0", "SO-1", "SO-2", "SO-3", "SO-4", "SO-5", "SO-6"];
        first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.OrderNumber)
            .ShouldBe(filter.Order == ShipmentSort.Promise ? expected : [.. expected.Reverse()]);
        third.Next.ShouldBeNull();
        (await PageAsync(filter, second.Previous)).Rows.Select(row => row.Key).ShouldBe(first.Rows.Select(row => row.Key));
    }

    [Fact]
    public async Task A_row_has_its_orders_shipments_the_one_without_tracking_first()
    {
        var estimate = Promise.AddDays(1);
        var facts = new ShipmentFacts().Shipped("SH-1", "1Z-SH-1").Shipped("SH-2")
            .Reported("SH-1", Milestones.ShipmentPickedUp, 3).Reported("SH-1", Milestones.ShipmentEstimate, 4, estimate);
        var order = await _rows.AddAsync("SO-1", 1, ["EAST"], t => Troubled(Left(t)).State = facts.State);
        await _rows.AddCaseAsync(order, ReasonCodes.TrackingMissing, "EAST");

        var shipments = (await PageAsync(new(ShipmentList.WithoutTracking), null)).Rows.Single().Shipments;

        shipments.Select(item => (item.Number, item.State)).ShouldBe([("SH-2", ShipmentState.Shipped), ("SH-1", ShipmentState.UnderWay)]);
        (shipments[1].EstimatedDelivery, shipments[1].LastReportAt).ShouldBe((estimate, TransactionRows.Start.AddHours(4)));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task SeedAsync()
    {
        await _rows.AddAsync("LATE-2", 9, change: t => (t.Late, t.RequestedDelivery) = (true, Promise));
        await _rows.AddAsync("LATE-1", 1, change: t => (Left(t).Late, t.RequestedDelivery) = (true, Promise.AddDays(-1)));
        await _rows.AddAsync("ARRIVED", 2, change: t =>
            (Left(t).Late, t.RequestedDelivery, t.DeliveredAt, t.Stage) = (true, Promise, Promise.AddDays(1), TransactionStage.Delivered));
        await _rows.AddAsync("RISK", 3, change: t => (Left(t).AtRisk, t.RequestedDelivery) = (true, Promise));
        await CasesAsync(await _rows.AddAsync("SILENT", 4, change: t => Troubled(Left(t))), ReasonCodes.TrackingSilent);
        await CasesAsync(await _rows.AddAsync("UNSEEN", 5, change: t => Troubled(t)), ReasonCodes.PodMissing);
        await CasesAsync(await _rows.AddAsync("PROOF", 6, change: t =>
            (Troubled(Left(t)).DeliveredAt, t.Stage) = (Promise, TransactionStage.Delivered)), ReasonCodes.PodMissing);
        await CasesAsync(await _rows.AddAsync("TRACK", 7, change: t => Troubled(Left(t))), ReasonCodes.TrackingMissing);
        await _rows.AddCaseAsync(await _rows.AddAsync("OVER", 8, change: t => Troubled(t)), ReasonCodes.TrackingSilent, "EAST",
            about => about.State = CaseState.Resolved);
    }

    private Task CasesAsync(TransactionRecord order, string reason) => _rows.AddCaseAsync(order, reason, "EAST");

    private static TransactionRecord Left(TransactionRecord t, string carrier = "DHL", string region = "Europe")
    {
        (t.Stage, t.ShippedAt, t.Carrier, t.Region) = (TransactionStage.Shipped, TransactionRows.Start, carrier, region);
        return t;
    }

    private static TransactionRecord Troubled(TransactionRecord t)
    {
        t.Health = TransactionHealth.Attention;
        return t;
    }

    private async Task CountsAgreeAsync(ShipmentFilter filter, Actor actor)
    {
        var counts = await _queries.CountsAsync(filter, actor, Cancel);
        foreach (var list in Enum.GetValues<ShipmentList>())
        {
            var listed = await OrdersAsync(filter with { List = list }, actor);
            counts.Lists[list].ShouldBe(listed.Count, $"{list} of {filter} for {actor.Name}");
        }
    }

    private Task<IReadOnlyList<string>> OrdersAsync(ShipmentList list) => OrdersAsync(new ShipmentFilter(list));

    private async Task<IReadOnlyList<string>> OrdersAsync(ShipmentFilter filter, Actor? actor = null) =>
        [.. (await _queries.ListAsync(filter, actor ?? TransactionRows.Auditor, null, 50, Cancel)).Rows.Select(row => row.OrderNumber)];

    private Task<ShipmentPage> PageAsync(ShipmentFilter filter, string? cursor) => _queries.ListAsync(
        filter, TransactionRows.Auditor, RowCursor.OrFirst(cursor, ChoiceText.For(filter.Order)), 3, Cancel);

    private sealed class FixedTopology : ISystemTopologyStore
    {
        public SystemTopology Current => SystemTopology.Empty;

        public ValueTask<SystemTopology> GetAsync(CancellationToken cancellation = default) => ValueTask.FromResult(Current);

        public Task RefreshAsync(CancellationToken cancellation = default) => Task.CompletedTask;
    }
}
