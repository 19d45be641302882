namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class ScenarioPlayTests
{
    [Fact]
    public async Task Duplicates_and_disorder_end_all_posted()
    {
        await using var play = await Play.Begin("duplicates-and-disorder", orders: 40);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
        play.Tower.Duplicates.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Lost_answers_end_all_posted_with_one_effect_each()
    {
        await using var play = await Play.Begin("answers-lost", orders: 40);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
        play.Tower.Repeats.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task An_outage_of_the_carriers_ends_all_posted()
    {
        await using var play = await Play.Begin("carrier-outage", orders: 60, speed: 800_000);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
        play.Tower.Repeats.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_twentieth_release_is_rejected_once_and_posted_after_its_replay()
    {
        await using var play = await Play.Begin("warehouse-rejects", orders: 60);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
        play.Tower.Rejections.ShouldBe(new Dictionary<string, int> { ["LOT_SERIAL_INVALID"] = 3 });
    }

    [Fact]
    public async Task Every_twentieth_invoice_is_rejected_once_and_posted_after_its_replay()
    {
        await using var play = await Play.Begin("tax-class-rejected", orders: 60);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
        play.Tower.Rejections.ShouldBe(new Dictionary<string, int> { ["TAX_REJECTED"] = 3 });
    }

    [Fact]
    public async Task Every_twentieth_order_that_needs_its_proof_stays_without_invoice()
    {
        await using var play = await Play.Begin("lost-pod", orders: 100);
        await play.ToTheEnd();
        play.Tower.Faults.ShouldBeEmpty();
        var lost = play.Orders.Count(order => order.ProofRequired) / 20;
        lost.ShouldBeGreaterThan(0);
        Expect.Count(await Expect.Totals(play, "erp"), "postedOrders").ShouldBe(100 - lost);
        Expect.Count(await Expect.Totals(play, "billing"), "invoicedOrders").ShouldBe(100 - lost);
    }

    [Fact]
    public async Task Every_twentieth_order_is_shipped_and_billed_in_part()
    {
        await using var play = await Play.Begin("short-pick", orders: 60);
        await play.ToTheEnd();
        play.Tower.Faults.ShouldBeEmpty();
        play.Tower.Mind.Short.Count.ShouldBe(3);
        var wms = await Expect.Totals(play, "wms");
        wms.GetProperty("unitsShipped").GetDecimal().ShouldBe(play.Orders.Sum(order => order.Lines.Sum(line => line.Quantity)) - 3);
        (await Expect.Totals(play, "erp")).GetProperty("net").GetDecimal().ShouldBeLessThan(play.Orders.Sum(order => order.Total));
    }
}
