using System.Text.Json;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Tests.Orders;

public sealed class OrderBookTests
{
    private static readonly IReadOnlyList<SalesOrder> Forty = OrderGenerator.Make(40, 1);

    [Fact]
    public void A_second_start_keeps_the_orders_and_their_fate()
    {
        using var folder = new Folder();
        var first = OrderBook.Open(folder.Path, OrderEndings.Settle(Forty, ScenarioName.WarehouseRejects));
        var second = OrderBook.Open(folder.Path, Forty);
        JsonSerializer.Serialize(second.All).ShouldBe(JsonSerializer.Serialize(first.All));
        second.All.Count(order => order.Fate == Fate.ReleaseRejected).ShouldBe(2);
    }

    [Fact]
    public void Other_orders_are_added()
    {
        using var folder = new Folder();
        OrderBook.Open(folder.Path, Forty);
        var more = OrderBook.Open(folder.Path, [Forty[0] with { Number = "SO-9" }, Forty[1] with { Currency = "EUR" }]);
        more.All.Count.ShouldBe(41);
        more.Find("SO-9").ShouldNotBeNull();
        more.Find(Forty[1].Number)!.Currency.ShouldBe("USD");
    }
}
