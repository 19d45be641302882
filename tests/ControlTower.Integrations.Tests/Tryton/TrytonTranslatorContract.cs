using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Tests.Connectors.Contracts;
using ControlTower.Integrations.Tryton;
using ControlTower.Integrations.Tryton.Translation;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Tryton;

/// <summary>
/// Recorded reports of a real Tryton 6.0 on orders that were picked short, packed, sent, billed and posted.
/// </summary>
public sealed class TrytonTranslatorContract : TranslatorContract
{
    private static readonly string[] Recorded = File.ReadAllLines(
        Path.Combine(Repository.Root, "tests", "ControlTower.Integrations.Tests", "Tryton", "recorded.jsonl"));

    private protected override IConnectorKind Kind { get; } = new RecordedKind();

    private protected override string Role => Roles.Erp;

    private protected override IReadOnlyList<string> Samples => Recorded;

    private protected override string WithUnknownCode =>
        Recorded[0].Replace("\"symbol\":\"u\"", "\"symbol\":\"crate\"", StringComparison.Ordinal);

    private protected override string MeaningOfUnknownCode => "CR";

    [Fact]
    public void An_order_identifies_lines_by_their_records_and_has_units_of_recommendation_20()
    {
        var order = Fact("sale.accepted").Data.Order!;

        (order.Number, order.LegalEntity, order.Currency, order.Customer.Id, order.Total).ShouldBe(("1", "1", "EUR", "3", 50m));
        order.Lines.Select(line => (line.Line, line.Item, line.Quantity, line.Unit, line.Amount, line.Site))
            .ShouldBe([("1", "SKU-001", 5m, "EA", 50m, "WH")]);
    }

    [Fact]
    public void A_short_picking_reports_the_missing_quantity_and_that_it_follows()
    {
        var missing = Fact("shipment.short").Data.Lines!.Single();

        (missing.Line, missing.Missing, missing.Then).ShouldBe(("1", 3m, "backorder"));
        Fact("shipment.picked").Data.Lines!.Select(line => (line.Line, line.Quantity)).ShouldBe([("1", 3m)]);
    }

    [Fact]
    public void A_shipment_has_its_carrier_its_parcels_and_their_tracking_numbers()
    {
        var ready = Fact("shipment.ready");

        (ready.Milestone, ready.Data.Carrier, ready.Data.Tracking, ready.Data.Site)
            .ShouldBe(("shipment.ready", "DHL Freight", "1Z2", "WH"));
        ready.Data.Parcels.ShouldBe(["2"]);
        ready.References.ShouldContain(link => link.Kind == ReferenceKinds.Order && link.Value == "1");
    }

    [Fact]
    public void An_invoice_is_identified_by_its_record_and_its_posting_names_it()
    {
        var invoice = Fact("invoice.issued").Data.Invoice!;
        var posted = Fact("invoice.posted");

        (invoice.Number, invoice.Net, invoice.Tax, invoice.Total).ShouldBe(("#1", 150m, 28.5m, 178.5m));
        (posted.Data.Posting!.Document, posted.Data.Posting.Total, posted.Data.Posting.Period).ShouldBe(("1", 178.5m, "2026-11"));
        posted.References.ShouldContain(link => link.Kind == ReferenceKinds.Invoice && link.Value == "#1");
    }

    [Fact]
    public void Numbers_name_their_system_where_the_settings_name_it()
    {
        var numbers = Numbers.From(JsonElement.Parse("""{"erp":"tryton","wms":"tryton-wms"}"""));

        numbers.Shipment("4").ToJsonString().ShouldBe("""{"system":"tryton-wms","value":"4"}""");
        numbers.Invoice("#4").ToJsonString().ShouldBe("\"#4\"");
    }

    private Fact Fact(string what) => Map(Recorded.Single(line => line.Contains($"\"tryton.{what}.v1\"", StringComparison.Ordinal)))
        .Fact.ShouldNotBeNull();

    private sealed class RecordedKind : IConnectorKind
    {
        public string Kind => TrytonKind.Name;

        public IEventTranslator Translator { get; } = new TrytonTranslator();

        public IReadOnlyList<CodeSeed> Codes { get; } = CodeSeeds.Read(typeof(TrytonKind), "tryton-codes.csv");

        public ConnectorKindInfo Describe() => throw new NotSupportedException();

        public IConnectorChannel Open(ConnectorRecord connector) => throw new NotSupportedException();
    }
}
