using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// 810: an invoice, net, without tax. Sending it is issuing it, so the fact <c>invoice.issued</c> comes with the
/// acceptance.
/// </summary>
internal sealed record CustomerInvoice(
    string Number, DateOnly Date, string Order, string? Shipment, string Currency, string Customer, decimal Net,
    IReadOnlyList<CustomerInvoiceLine> Lines)
{
    private const int LongestNumber = 22;

    public static OutDocument Issue(TowerCommand command, PartnerProfile profile)
    {
        var invoice = command.Data.TryGetProperty("invoice", out var found) ? found : default;
        var (order, shipment) = (command.Reference("order") ?? "", command.Reference("shipment"));
        if (command.DocumentNumber(LongestNumber, shipment ?? order) is not { } number || order.Length > LongestNumber)
        {
            return OutDocument.Refused("NUMBER_TOO_LONG",
                $"The numbers of {order} are longer than an 810 can carry ({LongestNumber} characters).");
        }

        var document = new CustomerInvoice(
            number,
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(command.At, profile.Zone).DateTime),
            order,
            shipment,
            TowerCommand.Text(invoice, "currency") ?? "",
            TowerCommand.Text(invoice, "customer") ?? "",
            TowerCommand.Amount(invoice, "net"),
            [.. TowerCommand.List(invoice, "lines").Select(line => new CustomerInvoiceLine(
                TowerCommand.Text(line, "line") ?? "", TowerCommand.Text(line, "item") ?? "", TowerCommand.Amount(line, "quantity"),
                TowerCommand.Amount(line, "unitPrice"), TowerCommand.Amount(line, "amount")))]);
        return Money.Decimals(document.Currency) != 2
            ? OutDocument.Refused("CURRENCY_NOT_CARRIED", $"The amounts of an 810 have two decimals; {document.Currency} has not.")
            : new OutDocument { Set = "810", Name = number, Body = document.Write, ExternalId = number, Fact = source =>
                document.Issued(source, command) };
    }

    public void Write(X12Writer writer)
    {
        writer.Segment("BIG", X12Values.Text(Date), Number, null, Order, null, null, "DI");
        writer.Segment("CUR", "SE", Currency);
        if (Shipment is not null)
        {
            writer.Segment("REF", "SI", Shipment);
        }

        writer.Segment("N1", "BT", null, "92", Customer);
        foreach (var line in Lines)
        {
            writer.Segment("IT1", line.Line, X12Values.Text(line.Quantity), "EA", X12Values.Text(line.UnitPrice), null, "VN", line.Item);
            writer.Segment("PAM", null, null, null, "1", X12Values.Text(line.Amount));
        }

        writer.Segment("TDS", X12Values.Cents(Net));
        writer.Segment("CTT", $"{Lines.Count}");
    }

    public static CustomerInvoice Read(X12Set set)
    {
        var (root, head) = (set.Root, set.Root.Find("BIG")!);
        return new CustomerInvoice(
            head[2],
            X12Values.Date(head[1])!.Value,
            head[4],
            root.Find("REF", "SI")?[2],
            root.Find("CUR")?[2] ?? "",
            root.Party("BT")?.Lines[0][4] ?? "",
            (X12Values.Number(root.Find("TDS")![1]) ?? 0) / 100,
            [.. root.Each("IT1").Select(line => new CustomerInvoiceLine(
                line.Lines[0][1], line.Lines[0][7], X12Values.Number(line.Lines[0][2]) ?? 0, X12Values.Number(line.Lines[0][4]) ?? 0,
                X12Values.Number(line.Find("PAM")?[5] ?? "") ?? 0))]);
    }

    public bool Equals(CustomerInvoice? other) => other is not null && (Number, Date, Order, Shipment, Currency, Customer, Net)
        == (other.Number, other.Date, other.Order, other.Shipment, other.Currency, other.Customer, other.Net)
            && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Number.GetHashCode(StringComparison.Ordinal);

    private byte[] Issued(string source, TowerCommand command) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["specversion"] = "1.0",
        ["id"] = $"issued.{Number}",
        ["source"] = source,
        ["type"] = "tower.invoice.issued.v1",
        ["subject"] = Number,
        ["time"] = command.At.ToUniversalTime().ToString("O"),
        ["data"] = new JsonObject
        {
            ["references"] = EdiDocumentReader.References(("order", Order), ("shipment", Shipment)),
            ["invoice"] = new JsonObject
            {
                ["number"] = Number, ["currency"] = Currency, ["net"] = Net, ["total"] = Net,
                ["lines"] = new JsonArray([.. Lines.Select(
                    line => (JsonNode)new JsonObject { ["line"] = line.Line, ["quantity"] = line.Quantity, ["amount"] = line.Amount })]),
            },
        },
    });
}

internal sealed record CustomerInvoiceLine(string Line, string Item, decimal Quantity, decimal UnitPrice, decimal Amount);
