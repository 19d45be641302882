using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Commands become documents that read back as the command's content, in an envelope that a strict partner accepts.
/// </summary>
public class DocumentsOutTests
{
    private const string Release =
        """{"references":{"order":"SO-1001"},"site":"WH1","requestedDelivery":"2026-12-01T22:59:59.999999Z","priority":"high","lines":[{"line":"10","item":"A-1","quantity":18,"unit":"EA"},{"line":"20","item":"A-2","quantity":2.5,"unit":"KG"}]}""";
    private const string Tender =
        """{"references":{"order":"SO-1001","fulfilment":"F-1","shipment":"SH-9"},"site":"WH1","carrier":"UPSN","lines":[{"line":"10","item":"A-1","quantity":18,"unit":"EA"}],"parcels":[{"parcel":"P-1"},{"parcel":"P-2"}]}""";
    private const string Bill =
        """{"references":{"order":"SO-1001","shipment":"SH-9"},"invoice":{"currency":"USD","customer":"C-1","lines":[{"line":"10","item":"A-1","quantity":18,"unitPrice":2.5,"amount":45.00}],"net":45.00},"evidence":[]}""";

    [Fact]
    public async Task A_release_is_a_940()
    {
        var (set, result, partner) = await SendAsync("release-fulfilment", "release-fulfilment:SO-1001:WH1/1", Release);
        using var _ = partner;
        set.Id.ShouldBe("940");
        result.ExternalId.ShouldBe("SO-1001-WH1-1");
        var order = WarehouseOrder.Read(set);
        order.ShouldBe(new WarehouseOrder("N", "SO-1001-WH1-1", "SO-1001", "TOWER", "WH1", new DateOnly(2026, 12, 1), "high", null,
            [new("10", "A-1", 18, "EA"), new("20", "A-2", 2.5m, "KG")]));
        Again(order.Write, "940").Lines.ShouldBe(set.Lines);
    }

    [Fact]
    public async Task A_cancellation_is_a_940_of_status_F_and_a_part_cannot_be_cancelled()
    {
        var (set, _, partner) = await SendAsync("cancel-fulfilment", "cancel-fulfilment:SO-1:F-1/1",
            """{"references":{"order":"SO-1","fulfilment":"F-1"},"reason":"The customer * changed his mind"}""");
        using var first = partner;
        WarehouseOrder.Read(set).ShouldBe(new WarehouseOrder(
            "F", "F-1", "SO-1", "TOWER", "", null, null, "The customer   changed his mind", []));
        using var other = new EdiPartner();
        var refused = await other.Channel.SendAsync(
            Command("cancel-fulfilment", "cancel-fulfilment:SO-1:F-1/2",
            """{"references":{"order":"SO-1","fulfilment":"F-1"},"lines":[{"line":"10","quantity":1}]}"""),
            TestContext.Current.CancellationToken);
        (refused.Outcome, refused.Code).ShouldBe((SendOutcome.Rejected, "PART_NOT_CANCELLABLE"));
        other.Files("out").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tender_is_a_204()
    {
        var (set, result, partner) = await SendAsync("tender-shipment", "tender-shipment:SO-1001:SH-9/1", Tender);
        using var _ = partner;
        result.ExternalId.ShouldBe("SH-9");
        var tender = LoadTender.Read(set);
        tender.ShouldBe(new LoadTender("UPSN", "SH-9", "SO-1001", "F-1", "WH1", [new("10", "A-1", 18, "EA")], ["P-1", "P-2"]));
        Again(tender.Write, "204").Lines.ShouldBe(set.Lines);
    }

    [Fact]
    public async Task An_invoice_is_an_810_and_sending_it_issues_it()
    {
        var (set, result, partner) = await SendAsync("create-invoice", "create-invoice:SO-1001:SH-9/1", Bill);
        using var _ = partner;
        var invoice = CustomerInvoice.Read(set);
        invoice.ShouldBe(new CustomerInvoice("SH-9-1", new DateOnly(2026, 11, 21), "SO-1001", "SH-9", "USD", "C-1", 45,
            [new("10", "A-1", 18, 2.5m, 45)]));
        Again(invoice.Write, "810").Lines.ShouldBe(set.Lines);
        result.ExternalId.ShouldBe("SH-9-1");
        Encoding.UTF8.GetString(result.Facts!.ShouldHaveSingleItem()).ShouldContain("tower.invoice.issued.v1");
    }

    [Fact]
    public async Task Stages_are_855_and_856_where_X12_has_a_code_for_them()
    {
        var (accepted, _, one) = await SendAsync("update-order-status", "update-order-status:SO-1/1",
            """{"references":{"order":"SO-1"},"stage":"accepted","at":"2026-11-21T10:15:00Z"}""");
        var (shipped, _, two) = await SendAsync("update-order-status", "update-order-status:SO-1/2",
            """{"references":{"order":"SO-1"},"stage":"shipped","at":"2026-11-21T10:15:00Z"}""");
        using var first = one;
        using var second = two;
        OrderAcknowledgement.Read(accepted).ShouldBe(new OrderAcknowledgement("AK", "SO-1", new DateOnly(2026, 11, 21)));
        ShipNotice.Read(shipped).ShouldBe(new ShipNotice("SO-1-2", "SO-1", new DateTime(2026, 11, 21, 10, 15, 0)));
        Again(ShipNotice.Read(shipped).Write, "856").Lines.ShouldBe(shipped.Lines);
        var nothing = await one.Channel.SendAsync(
            Command("update-order-status", "update-order-status:SO-1/3", """{"references":{"order":"SO-1"},"stage":"picked"}"""),
            TestContext.Current.CancellationToken);
        (nothing.Outcome, one.Files("out").Length).ShouldBe((SendOutcome.Accepted, 1));
    }

    [Fact]
    public async Task A_command_without_a_document_is_refused_by_name()
    {
        using var partner = new EdiPartner();
        var result = await partner.Channel.SendAsync(
            Command("post-goods-issue", "post-goods-issue:SO-1:SH-1/1", """{"references":{"order":"SO-1"}}"""),
            TestContext.Current.CancellationToken);
        (result.Outcome, result.Code).ShouldBe((SendOutcome.Rejected, "NO_DOCUMENT"));
        result = await partner.Channel.SendAsync(Command(
            "release-fulfilment", "k/1", Release.Replace("SO-1001", "SO*1", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);
        (result.Outcome, result.Code).ShouldBe((SendOutcome.Rejected, "NOT_WRITABLE"));
        partner.Files("out").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_by_997_revokes_the_acceptance()
    {
        using var partner = new EdiPartner();
        await partner.Channel.SendAsync(Command("release-fulfilment", "release-fulfilment:SO-1001:WH1/1", Release),
            TestContext.Current.CancellationToken);
        string[] taken = ["997", "AK1*OW*1", "AK2*940*0001", "AK5*A", "AK9*A*1*1*1"];
        string[] refused = ["997", "AK1*OW*1", "AK2*940*0001", "AK3*W01*5**8", "AK4*1**6", "AK5*R*5", "AK9*R*1*1*0"];
        string[] foreign = ["997", "AK1*OW*77", "AK9*R*1*1*0"];
        var results = await partner.MapAsync(Interchanges.From("FA", taken, refused, foreign));
        results[0].Ignored.ShouldBe("The partner took 940 0001 of group 1 (A).");
        var failed = results[1].Fact!.Data.Command!;
        (failed.Key, failed.Code).ShouldBe(("release-fulfilment:SO-1001:WH1/1", "REFUSED_BY_997"));
        failed.Reason!.ShouldContain("AK3*W01*5**8");
        results[2].Refusal!.Message.ShouldContain("which we did not send");
        partner.Files("out").Where(name => name.StartsWith("997", StringComparison.Ordinal))
            .ShouldBeEmpty("an acknowledgement is not acknowledged");
    }

    [Fact]
    public async Task A_refusal_by_TA1_revokes_the_acceptance_and_is_not_answered()
    {
        using var partner = new EdiPartner(settings: """{"acknowledge":"997+TA1"}""");
        await partner.Channel.SendAsync(Command("release-fulfilment", "release-fulfilment:SO-1001:WH1/1", Release),
            TestContext.Current.CancellationToken);

        var results = await partner.MapAsync(Interchanges.Answer(
            "TA1*000000001*261121*0800*A*000", "TA1*000000001*261121*0800*R*006", "TA1*000000077*261121*0800*R*025",
            "TA1*000000001*261121*0800*Q*000"));

        results[0].Ignored.ShouldBe("The partner took interchange 000000001 (A).");
        var failed = results[1].Fact!.Data.Command!;
        (failed.Key, failed.Code, failed.Reason).ShouldBe(
            ("release-fulfilment:SO-1001:WH1/1", "REFUSED_BY_TA1",
                "The partner refused interchange 000000001: TA1*000000001*261121*0800*R*006"));
        results[2].Refusal!.Message.ShouldBe("The partner refused interchange 000000077, which we did not send.");
        (results[3].Refusal!.Field, results[3].Refusal!.Message).ShouldBe(("TA104", "Q is no status of a TA1."));
        partner.Drop("broken.edi", Interchanges.Replace(
            Interchanges.Answer("TA1*000000001*261121*0800*A*000"), "IEA*0*000000001", "IEA*0*000000002"));
        await partner.PollAllAsync();
        partner.Files("out").ShouldHaveSingleItem().ShouldStartWith("940");
    }

    private static async Task<(X12Set Set, SendResult Result, EdiPartner Partner)> SendAsync(string kind, string key, string data)
    {
        var partner = new EdiPartner();
        var result = await partner.Channel.SendAsync(Command(kind, key, data), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(SendOutcome.Accepted, result.Detail);
        var bytes = File.ReadAllBytes(Path.Combine(partner.Folder.Out, partner.Files("out").ShouldHaveSingleItem()));
        var written = Interchanges.Validate(bytes).ShouldHaveSingleItem();
        written.Sentences().ShouldBeEmpty();
        (written.Header!.Control, written.Groups[0].Control, written.Header.Sender, written.Header.Receiver)
            .ShouldBe(("000000001", "1", "TOWER", "PARTNER"));
        var (_, set) = written.AcceptedSets().Single();
        return (X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), written.Delimiters), result, partner);
    }

    internal static CommandEnvelope Command(string kind, string key, string data) => new(
        kind, key, Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{key}}","source":"urn:control-tower","type":"tower.command.{{kind}}.v1","time":"2026-11-21T08:00:00.000000Z","data":{{data}}}"""), "00-0-0-01");

    private static X12Set Again(Action<X12Writer> write, string set)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, X12Delimiters.Usual);
        write(writer);
        writer.Error.ShouldBeNull();
        return X12Set.Read(output.WrittenMemory, X12Delimiters.Usual, set);
    }
}
