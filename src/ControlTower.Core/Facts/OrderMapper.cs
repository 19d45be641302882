using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>Order snapshots and commercial holds.</summary>
internal static class OrderMapper
{
    public static OrderSnapshot Order(FieldReader order, TimeZoneInfo zone) => new()
    {
        Number = order["number"].RequiredText(),
        Version = order["version"].RequiredText(),
        LegalEntity = order["legalEntity"].RequiredText(),
        Customer = Customer(order["customer"].RequiredObject()),
        Region = order["region"].Text(Lengths.Name),
        Currency = Currency(order["currency"]),
        RequestedDelivery = order["requestedDelivery"].Instant(zone),
        Priority = order["priority"].Identifier(Lengths.Code),
        Incoterms = order["incoterms"].Identifier(Lengths.Code),
        PaymentTerms = order["paymentTerms"].Text(Lengths.Name),
        CompleteDelivery = order["completeDelivery"].Flag(),
        PodRequired = order["podRequired"].Flag(),
        Lines = Lines(order["lines"]),
        Total = order["total"].RequiredAmount(),
    };

    public static HoldSnapshot Hold(FieldReader hold, bool isHeld)
    {
        var id = hold["id"].RequiredText();
        if (!isHeld)
        {
            var (code, stopped) = (hold["code"].Identifier(Lengths.Code), hold["stops"].Identifier(Lengths.Code));
            return new HoldSnapshot(id, code, hold["reason"].Text(), stopped, null);
        }

        var stops = hold["stops"].RequiredText();
        if (stops is not ("release" or "shipment" or "invoice" or "posting" or ""))
        {
            hold["stops"].AddError($"{hold["stops"].Path} must be release, shipment, invoice or posting.");
        }

        return new HoldSnapshot(id, hold["code"].RequiredText(Lengths.Code), hold["reason"].Text(), stops, HeldLines(hold["lines"]));
    }

    /// <summary>An ISO 4217 code.</summary>
    public static string Currency(FieldReader field)
    {
        var code = field.RequiredText();
        if (code.Length > 0 && (code.Length != 3 || !code.All(char.IsAsciiLetterUpper)))
        {
            field.AddError($"{field.Path} must be an ISO 4217 code such as EUR.");
        }

        return code;
    }

    private static CustomerSnapshot Customer(FieldReader customer) => new(
        customer["id"].RequiredText(),
        customer["name"].Text(Lengths.Name),
        customer["segment"].Text(Lengths.Name),
        Party(customer["billTo"]),
        Party(customer["shipTo"]));

    /// <summary>A party's number; an address written out stays in the raw payload.</summary>
    private static string? Party(FieldReader party) =>
        party.Kind == System.Text.Json.JsonValueKind.Object ? party["id"].Number() : party.Text(Lengths.Name);

    private static List<OrderLine> Lines(FieldReader lines)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return lines.Items(required: true).ConvertAll(line =>
        {
            var number = line["line"].RequiredText();
            if (!seen.Add(number))
            {
                line["line"].AddError($"{line["line"].Path}: line {number} is there twice.");
            }

            return new OrderLine(
                number,
                line["item"].RequiredText(),
                line["description"].Text(Lengths.Name),
                line["quantity"].RequiredQuantity(),
                line["unit"].RequiredText(),
                line["unitPrice"].Price(),
                line["amount"].RequiredAmount(),
                line["site"].RequiredText(),
                line["taxClass"].Identifier(Lengths.Code));
        });
    }

    private static IReadOnlyList<string>? HeldLines(FieldReader lines) => lines.IsPresent
        ? lines.Items(required: false).ConvertAll(line =>
            line.Kind == System.Text.Json.JsonValueKind.Object ? line["line"].RequiredText() : line.RequiredText())
        : null;
}
