using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>204: the tender of a shipment. B204 is our shipment's number, which the 990, 214 and 210 return.</summary>
internal sealed record LoadTender(
    string Scac, string Shipment, string Order, string? Fulfilment, string Site, IReadOnlyList<WarehouseOrderLine> Lines,
    IReadOnlyList<string> Parcels)
{
    private const int LongestNumber = 30;

    public static OutDocument Tender(TowerCommand command, PartnerProfile profile)
    {
        var carrier = command.Text("carrier");
        var scac = carrier is { Length: >= 2 and <= 4 } && carrier.All(char.IsAsciiLetterUpper) ? carrier : profile.Scac;
        if (scac is null)
        {
            return OutDocument.Refused("CARRIER_UNKNOWN", $"{carrier ?? "The shipment"} is no SCAC and the partner's profile has none.");
        }

        var shipment = command.Reference("shipment") ?? "";
        if (shipment.Length is 0 or > LongestNumber)
        {
            return OutDocument.Refused("NUMBER_TOO_LONG",
                $"The shipment number {shipment} is longer than a 204 can carry ({LongestNumber} characters).");
        }

        var document = new LoadTender(
            scac,
            shipment,
            command.Reference("order") ?? "",
            command.Reference("fulfilment"),
            command.Text("site") ?? "",
            [.. command.List("lines").Select(line => new WarehouseOrderLine(
                TowerCommand.Text(line, "line") ?? "", TowerCommand.Text(line, "item") ?? "", TowerCommand.Amount(line, "quantity"),
                TowerCommand.Text(line, "unit") ?? "EA"))],
            [.. command.List("parcels").Select(parcel => TowerCommand.Text(parcel, "parcel")).OfType<string>()]);
        return new OutDocument { Set = "204", Name = shipment, Body = document.Write, ExternalId = shipment };
    }

    public void Write(X12Writer writer)
    {
        writer.Segment("B2", null, Scac, null, Shipment, null, "PP");
        writer.Segment("B2A", "00", "LT");
        writer.Segment("L11", Order, "CO");
        if (Fulfilment is not null)
        {
            writer.Segment("L11", Fulfilment, "DO");
        }

        writer.Segment("S5", "1", "CL");
        foreach (var parcel in Parcels)
        {
            writer.Segment("L11", parcel, "PK");
        }

        writer.Segment("N1", "SF", null, "92", Site);
        foreach (var line in Lines)
        {
            writer.Segment("OID", line.Line, Order, line.Item, line.Unit, X12Values.Text(line.Quantity));
        }

        writer.Segment("S5", "2", "CU");
    }

    public static LoadTender Read(X12Set set)
    {
        var (root, head) = (set.Root, set.Root.Find("B2")!);
        var load = root.Each("S5").First();
        return new LoadTender(
            head[2],
            head[4],
            Reference(root, "CO") ?? "",
            Reference(root, "DO"),
            load.Party("SF")?.Lines[0][4] ?? "",
            [.. load.Each("OID").Select(line => line.Lines[0])
                .Select(line => new WarehouseOrderLine(line[1], line[3], X12Values.Number(line[5]) ?? 0, line[4]))],
            [.. load.All("L11").Where(line => line[2] == "PK").Select(line => line[1])]);
    }

    public bool Equals(LoadTender? other) => other is not null
        && (Scac, Shipment, Order, Fulfilment, Site) == (other.Scac, other.Shipment, other.Order, other.Fulfilment, other.Site)
        && Lines.SequenceEqual(other.Lines) && Parcels.SequenceEqual(other.Parcels);

    public override int GetHashCode() => Shipment.GetHashCode(StringComparison.Ordinal);

    private static string? Reference(X12Loop loop, string qualifier) => loop.All("L11").FirstOrDefault(line => line[2] == qualifier)?[1];
}
