using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Decisions;

/// <summary>What each command requests, to the byte: the same need gives the same text, and another content another hash.</summary>
public class CommandContentTests
{
    private static readonly DateTimeOffset Promised = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Contents => new()
    {
        { "release-fulfilment", """
            {"references":{"order":"SO-1"},"site":"WH1","requestedDelivery":"2026-05-10T12:00:00Z",
            "lines":[{"line":"1","item":"I-1","quantity":20,"unit":"EA"}]}
            """ },
        { "update-order-status", """{"references":{"order":"SO-1"},"stage":"released","at":"2026-05-01T09:00:00Z"}""" },
        { "cancel-fulfilment", """{"references":{"order":"SO-1","fulfilment":"FO-1"},"reason":"The order was cancelled"}""" },
        { "tender-shipment", """
            {"references":{"order":"SO-1","fulfilment":"FO-1","shipment":"SH-1"},"site":"WH1","carrier":"fast",
            "lines":[{"line":"1","item":"I-1","quantity":20,"unit":"EA"}]}
            """ },
        { "post-goods-issue", """
            {"references":{"order":"SO-1","fulfilment":"FO-1","shipment":"SH-1"},"site":"WH1","shippedAt":"2026-05-01T18:00:00Z",
            "lines":[{"line":"1","item":"I-1","quantity":20,"unit":"EA"}]}
            """ },
        { "create-invoice", """
            {"references":{"order":"SO-1","shipment":"SH-1"},"invoice":{"currency":"USD","customer":"C-1",
            "lines":[{"line":"1","item":"I-1","quantity":20,"unitPrice":1.5,"amount":100}],"net":100},"evidence":[
            {"milestone":"shipment.shipped","at":"2026-05-01T18:00:00Z","connector":"wms","event":"wms:SH-1:shipment.shipped:10:2"},
            {"milestone":"goods-issue.posted","at":"2026-05-01T19:00:00Z","connector":"erp","event":"erp:GI-SH-1:goods-issue.posted:11:1"},
            {"milestone":"shipment.picked-up","at":"2026-05-01T20:00:00Z","connector":"fast","event":"fast:TR-1:shipment.picked-up:12:1"}]}
            """ },
        { "post-invoice", """
            {"references":{"order":"SO-1","invoice":"INV-1"},"invoice":{"number":"INV-1","currency":"USD",
            "lines":[{"line":"1","quantity":20,"amount":100}],"net":100,"tax":0,"total":100},"postingDate":"2026-05-02"}
            """ },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_command_carries_all_that_its_target_needs(string kind, string data)
    {
        var wanted = WantingStories.For(kind).Wanted(kind);

        wanted.Data.ShouldBe(data.Replace("\n", "", StringComparison.Ordinal));
        wanted.ContentHash.ShouldBe(Digest.Hex(wanted.Data));
    }

    [Theory]
    [InlineData("release-fulfilment", "WH1 wms WH1 - - Normal")]
    [InlineData("update-order-status", "- erp - - - Bulk")]
    [InlineData("cancel-fulfilment", "FO-1 wms WH1 - - Urgent")]
    [InlineData("tender-shipment", "SH-1 tms WH1 - - Normal")]
    [InlineData("post-goods-issue", "SH-1 erp WH1 - - Normal")]
    [InlineData("create-invoice", "SH-1 billing WH1 100 USD Normal")]
    [InlineData("post-invoice", "INV-1 erp WH1 100 USD Normal")]
    public void A_command_is_addressed_by_its_part_role_and_site_and_money_has_its_amount(string kind, string address)
    {
        var wanted = WantingStories.For(kind).Wanted(kind);

        string.Join(' ', new[]
        {
            wanted.Part, wanted.Role, wanted.Site, wanted.Amount?.ToString("0"), wanted.Currency, $"{wanted.Priority}",
        }.Select(value => value ?? "-")).ShouldBe(address);
        (wanted.Document, wanted.LegalEntity, wanted.Mode).ShouldBe(("SO-1", "1000", CommandMode.Send));
        wanted.CutOff.ShouldBe(kind is "release-fulfilment" or "tender-shipment" ? Promised : null);
    }

    [Theory]
    [InlineData(2, "released", 1)]
    [InlineData(4, "picked", 4)]
    [InlineData(5, "packed", 5)]
    [InlineData(9, "shipped", 10)]
    [InlineData(13, "delivered", 40)]
    [InlineData(15, "invoiced", 42)]
    [InlineData(17, "posted", 44)]
    public void The_erp_is_told_the_stage_and_when_it_was_reached(int facts, string stage, int hour) =>
        WantingStories.First(facts).Wanted("update-order-status").Data.ShouldBe(
            $$"""{"references":{"order":"SO-1"},"stage":"{{stage}}","at":"{{StoryFacts.Hour(hour):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");

    [Fact]
    public void A_tender_lists_its_parcels() =>
        new Story().OneLine().Accept("release-fulfilment", "WH1", "FO-1").At(1).Ready("SH-1", 20, parcels: ["P-1", "P-2"])
            .Wanted("tender-shipment").Data.ShouldEndWith(""","parcels":[{"parcel":"P-1"},{"parcel":"P-2"}]}""");

    [Fact]
    public void A_finished_order_is_summarised_with_its_customer_its_money_and_its_days()
    {
        var summary = WantingStories.First(17).Decide().Summary;

        summary.Sites.ShouldBe(["WH1"]);
        (summary with { Sites = [], Identifiers = [] }).ShouldBe(new Core.Decisions.SalesOrders.TransactionSummary
        {
            Stage = TransactionStage.Posted,
            Health = TransactionHealth.Ok,
            LegalEntity = "1000",
            Region = "South America",
            CustomerId = "C-1",
            CustomerName = "Customer",
            Carrier = "fast",
            Currency = "USD",
            Amount = 100,
            Invoiced = 100,
            Posted = 100,
            Held = 0,
            Late = false,
            AtRisk = false,
            AcceptedAt = StoryFacts.Hour(0),
            RequestedDelivery = Promised,
            ShippedAt = StoryFacts.Hour(10),
            DeliveredAt = StoryFacts.Hour(40),
        });
        string.Join(' ', summary.Identifiers.Order(StringComparer.Ordinal)).ShouldBe("90 FO-1 GI-SH-1 INV-1 LD-1 SH-1 SO-1 TR-1");
    }
}
