using System.Net;
using System.Text.Json.Nodes;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class CancellationTests
{
    [Fact]
    public async Task Before_it_ships_a_fulfilment_is_cancelled_and_never_ships()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        await Eventually.Is(() => play.Tower.Mind.Fulfilments.Count == play.Orders[0].Sites.Count);
        foreach (var fulfilment in play.Tower.Mind.Fulfilments)
        {
            (await Cancel(play, fulfilment, null)).ShouldBe(HttpStatusCode.OK);
        }

        await play.ToTheEnd();
        play.Tower.Mind.CancelledFulfilments.ShouldBe(play.Tower.Mind.Fulfilments, ignoreOrder: true);
        Expect.Count(await Expect.Totals(play, "wms"), "shipments").ShouldBe(0);
    }

    [Fact]
    public async Task After_it_has_shipped_the_cancellation_is_rejected_by_a_fact()
    {
        await using var play = await Play.Begin(orders: 1);
        await play.ToTheEnd();
        (await Cancel(play, play.Tower.Mind.Fulfilments.First(), null)).ShouldBe(HttpStatusCode.OK);
        await Eventually.Is(() => play.Tower.Mind.RejectedCancellations.Count == 1);
        play.Tower.Mind.CancelledFulfilments.ShouldBeEmpty();
        await Expect.AllPosted(play);
    }

    [Fact]
    public async Task A_line_that_is_cancelled_is_not_shipped()
    {
        await using var play = await Play.Begin(orders: 4, speed: 20_000);
        var order = play.Orders.First(known => known.Sites.Count == 1 && known.Lines.Count > 1);
        await Eventually.Is(() => play.Tower.Mind.FulfilmentOf(order.Number) is not null);
        var dropped = order.Lines[^1];
        (await Cancel(play, play.Tower.Mind.FulfilmentOf(order.Number)!, dropped.Line)).ShouldBe(HttpStatusCode.OK);
        await Eventually.Is(() => play.Tower.Mind.Posted.Contains(order.Number));
        var shipments = (await play.Ledger("wms")).GetProperty("shipments").EnumerateArray();
        var lines = shipments.Where(shipment => shipment.GetProperty("order").GetString() == order.Number)
            .SelectMany(shipment => shipment.GetProperty("lines").EnumerateArray()).Select(line => line.GetProperty("line").GetString());
        lines.ShouldBe(order.Lines.SkipLast(1).Select(line => line.Line), ignoreOrder: true);
    }

    private static async Task<HttpStatusCode> Cancel(Play play, string fulfilment, string? line)
    {
        var data = new JsonObject { ["references"] = new JsonObject { ["fulfilment"] = fulfilment }, ["reason"] = "The customer changed his mind" };
        if (line is not null)
        {
            data["lines"] = new JsonArray(new JsonObject { ["line"] = line });
        }

        using var answer = await play.Tower.Send("wms", "cancel-fulfilment", $"cancel-fulfilment:{fulfilment}/1", data);
        return answer.StatusCode;
    }
}
