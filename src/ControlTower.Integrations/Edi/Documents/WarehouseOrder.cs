using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>940: ship this (W0501 N), or do not ship it any more (F).</summary>
/// <param name="Depositor">Our number of the fulfilment, W0502, which the 945 returns.</param>
internal sealed record WarehouseOrder(
    string Status, string Depositor, string Order, string DepositorId, string Site, DateOnly? Requested, string? Priority, string? Note,
    IReadOnlyList<WarehouseOrderLine> Lines)
{
    private const int LongestNumber = 22;

    public static OutDocument Release(TowerCommand command, PartnerProfile profile)
    {
        var (order, site) = (command.Reference("order") ?? "", command.Text("site") ?? "");
        if (command.DocumentNumber(LongestNumber, order, site) is not { } number || order.Length > LongestNumber)
        {
            return OutDocument.Refused("NUMBER_TOO_LONG",
                $"The order number {order} is longer than a 940 can carry ({LongestNumber} characters).");
        }

        var lines = command.List("lines").Select(line => new WarehouseOrderLine(
            TowerCommand.Text(line, "line") ?? "", TowerCommand.Text(line, "item") ?? "", TowerCommand.Amount(line, "quantity"),
            TowerCommand.Text(line, "unit") ?? "EA")).ToList();
        var document = new WarehouseOrder(
            "N", number, order, profile.OurId, site, command.Day("requestedDelivery", profile.Zone), command.Text("priority"), null, lines);
        return document.Out();
    }

    public static OutDocument Cancel(TowerCommand command, PartnerProfile profile)
    {
        if (command.List("lines").Count > 0)
        {
            return OutDocument.Refused("PART_NOT_CANCELLABLE",
                "A 940 cancels an order as a whole; ask the warehouse to take the lines out.");
        }

        var fulfilment = command.Reference("fulfilment") ?? "";
        return fulfilment.Length is 0 or > LongestNumber
            ? OutDocument.Refused("NUMBER_TOO_LONG", $"The fulfilment {fulfilment} cannot be named in a 940.")
            : new WarehouseOrder("F", fulfilment, command.Reference("order") ?? "", profile.OurId, command.Text("site") ?? "", null, null,
                command.Text("reason"), []).Out();
    }

    public void Write(X12Writer writer)
    {
        writer.Segment("W05", Status, Depositor, Order);
        writer.Segment("N1", "DE", null, "ZZ", DepositorId);
        if (Site.Length > 0)
        {
            writer.Segment("N1", "WH", null, "92", Site);
        }

        if (Requested is { } day)
        {
            writer.Segment("G62", "02", X12Values.Text(day));
        }

        Text(writer, "DEL", Priority);
        Text(writer, "GEN", Note);
        for (var i = 0; i < Lines.Count; i++)
        {
            writer.Segment("LX", $"{i + 1}");
            writer.Segment("N9", "LI", Lines[i].Line);
            writer.Segment("W01", X12Values.Text(Lines[i].Quantity), Lines[i].Unit, null, "VN", Lines[i].Item);
        }

        if (Lines.Count > 0)
        {
            writer.Segment("W76", X12Values.Text(Lines.Sum(line => line.Quantity)));
        }
    }

    public static WarehouseOrder Read(X12Set set)
    {
        var (root, head) = (set.Root, set.Root.Find("W05")!);
        var notes = root.All("NTE").ToList();
        return new WarehouseOrder(
            head[1],
            head[2],
            head[3],
            root.Party("DE")?.Lines[0][4] ?? "",
            root.Party("WH")?.Lines[0][4] ?? "",
            root.Find("G62", "02") is { } day ? X12Values.Date(day[2]) : null,
            notes.Find(note => note[1] == "DEL")?[2],
            notes.Find(note => note[1] == "GEN")?[2],
            [.. root.Each("LX").SelectMany(lx => lx.Each("W01").Select(line => new WarehouseOrderLine(
                (lx.Find("N9", "LI") ?? line.Find("N9", "LI"))?[2] ?? "", line.Lines[0][5], X12Values.Number(line.Lines[0][1]) ?? 0,
                line.Lines[0][2])))]);
    }

    public bool Equals(
        WarehouseOrder? other) => other is not null && (Status, Depositor, Order, DepositorId, Site, Requested, Priority, Note)
        == (other.Status, other.Depositor, other.Order, other.DepositorId, other.Site, other.Requested, other.Priority, other.Note)
            && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Depositor.GetHashCode(StringComparison.Ordinal);

    private OutDocument Out() => new() { Set = "940", Name = Depositor, Body = Write, ExternalId = Status == "N" ? Depositor : null };

    private static void Text(X12Writer writer, string code, string? text)
    {
        if (writer.Free(text, 80) is { } clean)
        {
            writer.Segment("NTE", code, clean);
        }
    }
}

internal sealed record WarehouseOrderLine(string Line, string Item, decimal Quantity, string Unit);
