using System.Net;
using System.Text.Json.Nodes;

namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_fulfilment_cancelled_before_it_ships_never_ships()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        await Eventually.Is(() => play.Tower.Mind.Fulfilments.Count == play.Orders[0].Sites.Count);
        foreach (var fulfilment in play.Tower.Mind.Fulfilments)
        {
            (await Cancel(play, fulfilment)).ShouldBe(HttpStatusCode.OK);
        }

        await play.ToTheEnd();
        play.Tower.Mind.CancelledFulfilments.ShouldBe(play.Tower.Mind.Fulfilments, ignoreOrder: true);
        Expect.Count(await Expect.Totals(play, "wms"), "shipments").ShouldBe(0);
    }

    [Fact]
    public async Task A_cancellation_after_shipping_is_rejected_by_a_fact()
    {
        await using var play = await Play.Begin(orders: 1);
        await play.ToTheEnd();
        (await Cancel(play, play.Tower.Mind.Fulfilments.First())).ShouldBe(HttpStatusCode.OK);
        await Eventually.Is(() => play.Tower.Mind.RejectedCancellations.Count == 1);
        play.Tower.Mind.CancelledFulfilments.ShouldBeEmpty();
        await Expect.AllPosted(play);
    }

    private static async Task<HttpStatusCode> Cancel(Play play, string fulfilment)
    {
        var data = new JsonObject
            { ["references"] = new JsonObject { ["fulfilment"] = fulfilment }, ["reason"] = "The customer changed his mind" };
        using var answer = await play.Tower.Send("wms", "cancel-fulfilment", $"cancel-fulfilment:{fulfilment}/1", data);
        return answer.StatusCode;
    }
}
