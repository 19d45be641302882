using System.Text;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>The facts that partners' documents become.</summary>
public class DocumentsInTests
{
    private static readonly string[] Advice945 =
    [
        "945", "W06*N*SO-1-WH1-1*20261120*SH-9*SO-1", "N1*WH**92*WH1", "G62*11*20261120**1430*ET", "W27*M*UPSN", "LX*1",
        "MAN*GM*00012345678905", "N9*LI*10",
        "W12*CC*18*18**EA**VN*A-1", "LX*2", "MAN*CP*1Z999", "N9*LI*20", "W12*BP*5*3*2*EA**VN*A-2", "W03*21",
    ];

    [Fact]
    public async Task An_850_is_an_order()
    {
        using var partner = new EdiPartner(Roles.Erp);
        var fact = (await partner.MapAsync(From("PO", Order850))).ShouldHaveSingleItem().Fact.ShouldNotBeNull();
        fact.Milestone.ShouldBe(Milestones.OrderAccepted);
        var order = fact.Data.Order.ShouldNotBeNull();
        (order.Number, order.LegalEntity, order.Currency, order.Total, order.Customer.Id).ShouldBe(("PO-1", "1000", "USD", 65m, "S1"));
        order.Lines.Select(line => (line.Line, line.Item, line.Quantity, line.Amount, line.Site))
            .ShouldBe([("1", "A-1", 10m, 25m, "WH1"), ("2", "A-2", 4m, 40m, "WH1")]);
        order.RequestedDelivery.ShouldBe(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(-1));
    }

    [Fact]
    public async Task An_860_replaces_cancels_or_is_refused()
    {
        using var partner = new EdiPartner(Roles.Erp);
        string[] replaced = ["860", "BCH*05*SA*PO-1**2*20261101", "CUR*BY*USD", "POC*1*CA*12**EA*2.5**VP*A-1", "POC*2*DI*4**EA*10**VP*A-2"];
        string[] cancelled = ["860", "BCH*01*SA*PO-1***20261101"];
        string[] deleted = ["860", "BCH*04*SA*PO-1***20261101", "POC*2*DI*4**EA*10**VP*A-2"];
        string[] changed = ["860", "BCH*04*SA*PO-1***20261101", "POC*1*QI*12**EA*2.5**VP*A-1"];
        var results = await partner.MapAsync(From("PC", replaced, cancelled, deleted, changed));
        results[0].Fact!.Data.Order!.Lines.ShouldHaveSingleItem().Quantity.ShouldBe(12);
        results[0].Fact!.Data.Order!.Version.ShouldBe("2");
        results[1].Fact!.Milestone.ShouldBe(Milestones.OrderCancelled);
        results[1].Fact!.Data.Lines.ShouldBeNull();
        results[2].Fact!.Data.Lines!.ShouldHaveSingleItem().Line.ShouldBe("2");
        results[3].Refusal!.Message.ShouldContain("purpose 05");
    }

    [Fact]
    public async Task A_945_reports_shipped_and_missing_quantities()
    {
        using var partner = new EdiPartner();
        var results = await partner.MapAsync(From("SW", Advice945));
        results.Select(result => result.Fact!.Milestone).ShouldBe([Milestones.ShipmentShipped, Milestones.FulfilmentShort]);
        var shipped = results[0].Fact!;
        (shipped.Subject, shipped.Data.Carrier, shipped.Data.Tracking).ShouldBe(("SH-9", "UPSN", "1Z999"));
        shipped.Time.ShouldBe(new DateTimeOffset(2026, 11, 20, 19, 30, 0, TimeSpan.Zero), "half past two in New York");
        shipped.References.ShouldContain(new Reference("fulfilment", null, "SO-1-WH1-1"));
        shipped.Data.Lines!.Select(line => (line.Line, line.Quantity)).ShouldBe([("10", 18m), ("20", 3m)]);
        shipped.Data.Parcels.ShouldBe(["00012345678905"]);
        var missing = results[1].Fact!.Data.Lines!.ShouldHaveSingleItem();
        (missing.Line, missing.Missing, missing.Then).ShouldBe(("20", 2m, "backorder"));
    }

    [Fact]
    public async Task A_945_without_our_line_numbers_names_the_loop()
    {
        using var partner = new EdiPartner();
        var refusal = (await partner.MapAsync(From("SW", [.. Advice945.Where(line => line != "N9*LI*20")])))[0].Refusal.ShouldNotBeNull();
        (refusal.Field, refusal.Message).ShouldBe(("N902", "Loop LX 2 does not give the order's line (N9*LI)."));
        using var other = new EdiPartner(settings: """{"lineNumbers":"LX"}""");
        (await other.MapAsync(From("SW", Advice945)))[0].Fact!.Data.Lines!.Select(line => line.Line).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("X3", "shipment.arrived-pickup")]
    [InlineData("AF", "shipment.picked-up")]
    [InlineData("D1", "shipment.delivered")]
    [InlineData("SD", "shipment.exception")]
    [InlineData("X2", "shipment.estimate")]
    public async Task A_214_reports_the_milestone_of_its_code(string code, string milestone)
    {
        using var partner = new EdiPartner(Roles.Carrier);
        var fact = (await partner.MapAsync(From("QM", [.. Status214.Select(line => line.Replace("D1", code, StringComparison.Ordinal))])))
            .ShouldHaveSingleItem().Fact.ShouldNotBeNull();
        (fact.Milestone, fact.Subject, fact.Data.Location)
            .ShouldBe((milestone, "PRO-1", milestone is "shipment.estimate" or "shipment.exception"
            ? fact.Data.Location
            : "BRATTLEBORO, VT"));
        if (milestone != "shipment.estimate")
        {
            fact.Time.ShouldBe(new DateTimeOffset(2026, 11, 20, 12, 30, 0, TimeSpan.Zero));
        }
    }

    [Fact]
    public async Task A_code_that_nobody_mapped_is_quarantined_with_its_scheme_and_version()
    {
        using var partner = new EdiPartner(Roles.Carrier);
        var refusal = (await partner.MapAsync(From(
            "QM", [.. Status214.Select(line => line.Replace("D1", "ZQ", StringComparison.Ordinal))])))
            .ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        (refusal.Field, refusal.Code!.Scheme, refusal.Code.Version, refusal.Code.Code).ShouldBe(("AT701", "x12.1650", "004010", "ZQ"));
    }

    [Fact]
    public async Task Every_status_of_a_214_is_a_separate_fact()
    {
        using var partner = new EdiPartner(Roles.Tms);
        string[] set = ["214", "B10*PRO-1*SH-1*SCAC", "LX*1", "AT7*X3*NS***20261119*0800*UT", "AT7*AF*NS***20261119*0900*UT", "LX*2",
            "AT7***XA*NA*20261118*0700*UT"];
        (await partner.MapAsync(From("QM", set))).Select(result => result.Fact!.Milestone)
            .ShouldBe(["shipment.arrived-pickup", "shipment.picked-up", "shipment.pickup-appointed"]);
    }

    [Fact]
    public async Task A_990_answers_a_tender()
    {
        using var partner = new EdiPartner(Roles.Tms);
        var results = await partner.MapAsync(From("GF", Response990, ["990", "B1*SCAC*SH-2*20261120*D", "K1*NO TRUCKS"]));
        results.Select(result => (result.Fact!.Milestone, result.Fact.Subject))
            .ShouldBe([(Milestones.ShipmentAccepted, "SH-1"), (Milestones.ShipmentDeclined, "SH-2")]);
        results[1].Fact!.Data.Reason.ShouldBe("NO TRUCKS");
    }

    [Fact]
    public async Task Documents_that_the_tower_does_not_follow_are_recorded_as_such()
    {
        using var partner = new EdiPartner();
        var results = await partner.MapAsync(From(ControlTower.Integrations.Edi.X12.X12Delimiters.Usual, true, Header,
            ("RE", "004010", [["944", "W17*F*20261120*R-7", "W07*5*EA"]]),
            ("AW", "004010", [["947", "W15*20261120*A-3", "W19*AA*-2*EA"]])));
        results.Select(result => result.Ignored).ShouldBe(
            ["Stock receipt R-7 of 1 lines is recorded; the tower follows no stock.",
                "Stock adjustment A-3 of 1 lines is recorded; the tower follows no stock."]);
    }

    [Fact]
    public async Task Despatch_and_status_of_EDIFACT_are_facts()
    {
        using var partner = new EdiPartner();
        var fact = (await partner.MapAsync(Encoding.ASCII.GetBytes(Desadv))).ShouldHaveSingleItem().Fact.ShouldNotBeNull();
        (fact.Milestone, fact.Subject).ShouldBe((Milestones.ShipmentShipped, "DES-1"));
        fact.References.ShouldContain(new Reference("order", null, "SO-1"));
        fact.Data.Lines!.ShouldHaveSingleItem().Quantity.ShouldBe(18);
        fact.Data.Parcels.ShouldBe(["00012345678905"]);

        using var carrier = new EdiPartner(Roles.Carrier);
        var facts = await carrier.MapAsync(Encoding.ASCII.GetBytes(Iftsta));
        facts.Select(result => (result.Fact!.Milestone, result.Fact.Subject, result.Fact.Time.Hour))
            .ShouldBe([("shipment.picked-up", "CON-1", 9), ("shipment.delivered", "CON-1", 11)]);
    }

    [Fact(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    public async Task The_samples_of_others_give_the_expected_facts()
    {
        (await MapFileAsync("214-MGCTLYST-SAMPLE.EDI", Roles.Carrier)).Fact!.Milestone.ShouldBe(Milestones.ShipmentDelivered);
        (await MapFileAsync("990-MGCTLYST-SAMPLE.EDI", Roles.Tms)).Fact!.Subject.ShouldBe("75027674");
        var freight = (await MapFileAsync("210-MGCTLYST-SAMPLE.EDI", Roles.Carrier)).Fact!;
        freight.Milestone.ShouldBe(Milestones.FreightInvoiced);
        freight.Data.Freight!.Value.GetProperty("total").GetDecimal().ShouldBe(659.40m);
        freight.Data.Freight.Value.GetProperty("charges").EnumerateArray().Sum(charge => charge.GetProperty("amount").GetDecimal())
            .ShouldBe(659.40m);
        (await MapFileAsync("x12.850.edi", Roles.Erp, lenient: true)).Fact!.Data.Order!.Total.ShouldBe(19.95m);
        (await MapFileAsync("x12.850a.edi", Roles.Erp, lenient: true)).Fact!.Data.Order!.Lines.Count.ShouldBe(3);
        (await MapFileAsync("edifact.ORDRSP.edi", Roles.Erp, lenient: true))
            .Refusal!.Code!.Code.ShouldBe("Z12", "a German market's own document name");
    }

    public static bool AreThere => SharedFiles.AreThere;

    private static async Task<MapResult> MapFileAsync(string file, string role, bool lenient = false)
    {
        var bytes = SharedFiles.Read(file);
        using var partner = new EdiPartner(role,
            $$"""{"strict":{{(lenient ? "false" : "true")}},"ourId":"{{Ids(bytes).Receiver}}","partnerId":"{{Ids(bytes).Sender}}","ourQualifier":"{{Ids(bytes).To}}","partnerQualifier":"{{Ids(bytes).From}}"}""");
        return (await partner.MapAsync(bytes)).ShouldHaveSingleItem();
    }

    private static (string Sender, string Receiver, string From, string To) Ids(byte[] bytes)
    {
        if (Validate(bytes, strict: false)[0].Header is { } header)
        {
            return (header.Sender, header.Receiver, header.SenderQualifier, header.ReceiverQualifier);
        }

        var result = Integrations.Edi.Edifact.EdifactValidator.Validate(new MemoryStream(bytes), new())[0];
        return (result.Sender, result.Receiver, "ZZ", "ZZ");
    }
}
