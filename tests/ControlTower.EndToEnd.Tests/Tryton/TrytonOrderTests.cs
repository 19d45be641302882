using System.Text.Json.Nodes;
using ControlTower.Core.Kernel;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>Orders in a real Tryton, driven and observed by a tower in this process.</summary>
[Collection(nameof(TrytonCollection))]
public sealed class TrytonOrderTests(TrytonServer tryton) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TrytonPeople _people = null!;
    private TrytonTestHost _room = null!;

    public async ValueTask InitializeAsync()
    {
        if (TrytonInstall.IsThere)
        {
            _database = await TrytonServer.NewDatabaseAsync();
            _people = await TrytonPeople.SignInAsync(tryton.Address, TrytonServer.NameOf(_database));
            _room = await TrytonTestHost.OpenAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (TrytonInstall.IsThere)
        {
            await _room.DisposeAsync();
            _people.Dispose();
            await _database.DisposeAsync();
        }
    }

    [Fact(SkipUnless = nameof(TrytonInstall.IsThere), SkipType = typeof(TrytonInstall), Skip = TrytonInstall.SkipReason)]
    public async Task An_order_is_released_picked_short_with_a_back_order_packed_done_invoiced_and_posted()
    {
        await _room.RegisterAsync(tryton.Address, TrytonServer.NameOf(_database));
        await _room.RegisterCarrierAsync();
        await _room.StartAsync();

        // Sold in Tryton: the tower receives the order and releases it, and Tryton assigns its goods.
        var sale = await _people.SellAsync("EXT-1", "manual", (1, 10, 10m), (2, 4, 20m));
        await AssignedAsync(sale);
        var first = (await _people.ShipmentsAsync(sale)).Single();
        await _room.EventuallyAsync(
            async () => (await _room.SaidAsync("1")).Contains("fulfilment.allocated"), "the allocation is not known");

        // The warehouse finds seven of ten; the tower reports the shortage.
        await _people.PickAsync(first, "SKU-001", 7);
        await _room.EventuallyAsync(
            async () => (await _room.OpenCasesAsync()).Exists(c => c.ReasonCode == ReasonCodes.PickShort), "the shortage is no case");

        // What was found is packed and sent. After goods issue and pick-up the tower bills it and posts the invoice.
        await _people.PackAsync(await ShipmentAsync(sale, 0), "1Z1");
        await _room.EventuallyAsync(async () => (await _room.SaidAsync("1")).Contains("shipment.ready"), "the parcel is not known");
        await _people.SendAsync(first);
        await _room.PickedUpAsync("1Z1");
        await PostedAsync("EXT-1", 1);

        // The rest follows with the back-order shipment that Tryton created.
        var second = await ShipmentAsync(sale, 1);
        await _people.AssignAsync(second);
        await _people.PickAsync(second);
        await _people.PackAsync(await ShipmentAsync(sale, 1), "1Z2");
        await _people.SendAsync(second);
        await _room.PickedUpAsync("1Z2");
        await _room.StageAsync("1", TransactionStage.Posted);

        (await TrytonBooks.OfAsync(_people, "EXT-1")).AreSettledOnce(shipments: 2, net: 180m);
        await _room.EventuallyAsync(async () => (await _room.OpenCasesAsync()).Count == 0, "a case stays open");
        (await _room.SaidAsync("1")).ShouldBe(
        [
            "fulfilment.allocated", "fulfilment.packed", "fulfilment.picked", "fulfilment.short", "goods-issue.posted", "invoice.issued",
            "order.accepted", "posting.posted",
            "shipment.ready", "shipment.shipped",
        ]);
        (await NotesAsync(sale))
            .ShouldContain(note => note.StartsWith("Control Tower: posted (update-order-status:1/", StringComparison.Ordinal));
    }

    [Fact(SkipUnless = nameof(TrytonInstall.IsThere), SkipType = typeof(TrytonInstall), Skip = TrytonInstall.SkipReason)]
    public async Task Answers_that_are_lost_after_their_effect_leave_one_sale_one_shipment_one_invoice_and_one_posting()
    {
        string[] lost =
        [
            "model.stock.shipment.out.assign_try", "model.stock.shipment.out.pick", "model.stock.shipment.out.done",
            "model.account.invoice.create",
            "model.account.invoice.validate_invoice", "model.account.invoice.post",
        ];
        await using var proxy = await TrytonProxy.StartAsync(tryton.Address, lost);
        await _room.BillOnGoodsIssueAsync();
        await _room.RegisterAsync(proxy.Address, TrytonServer.NameOf(_database), drives: "done");
        await _room.StartAsync();

        await _people.SellAsync("EXT-1", "manual", (1, 3, 33.3333m), (2, 4, 20m));
        await _room.StageAsync("1", TransactionStage.Posted);

        proxy.Lost.Order().ShouldBe(lost.Order());
        (await TrytonBooks.OfAsync(_people, "EXT-1")).AreSettledOnce(shipments: 1, net: 180m);
        await _room.EventuallyAsync(async () => (await _room.OpenCasesAsync()).Count == 0, "a case stays open");
    }

    [Fact(SkipUnless = nameof(TrytonInstall.IsThere), SkipType = typeof(TrytonInstall), Skip = TrytonInstall.SkipReason)]
    public async Task A_sale_that_Tryton_bills_itself_is_billed_once_and_one_without_stock_waits_and_is_named()
    {
        await _room.BillOnGoodsIssueAsync();
        await _room.RegisterAsync(tryton.Address, TrytonServer.NameOf(_database), drives: "done");
        await _people.SellAsync("EXT-1", "shipment", (1, 5, 10m));
        await _people.SellAsync("EXT-2", "manual", (5, 2, 50m));
        await _room.StartAsync();

        await _room.StageAsync("1", TransactionStage.Posted);
        await _room.StageAsync("2", TransactionStage.Released);

        var billed = await TrytonBooks.OfAsync(_people, "EXT-1");
        billed.AreSettledOnce(shipments: 1, net: 50m);
        billed.Invoices.Single().GetProperty("reference").GetString().ShouldBeNull();
        (await TrytonBooks.OfAsync(_people, "EXT-2")).Shipments.Single().GetProperty("state").GetString().ShouldBe("waiting");
    }

    private Task AssignedAsync(long sale) => _room.EventuallyAsync(
        async () => (await _people.ShipmentsAsync(sale)).Any(shipment => shipment.GetProperty("state").GetString() == "assigned"),
        "nothing was set aside");

    private Task PostedAsync(string reference, int invoices) => _room.EventuallyAsync(
        async () =>
            (await TrytonBooks.OfAsync(_people, reference)).Invoices
                .Count(invoice => invoice.GetProperty("state").GetString() == "posted") == invoices, "nothing was posted");

    private async Task<System.Text.Json.JsonElement> ShipmentAsync(long sale, int place) => (await _people.ShipmentsAsync(sale))[place];

    private async Task<IReadOnlyList<string>> NotesAsync(long sale) =>
        [.. (await _people.SearchAsync("ir.note", [new JsonArray("resource", "=", $"sale.sale,{sale}")], "message"))
            .Select(note => note.GetProperty("message").GetString()!)];
}
