using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>945: what a warehouse shipped of our order, and what it did not.</summary>
internal static class ShippingAdvice
{
    /// <summary>W1204, else ordered less shipped; never below 0.</summary>
    public static decimal Missing(X12Line line)
    {
        var difference = X12Values.Number(line[4]) ?? (X12Values.Number(line[2]) ?? 0) - (X12Values.Number(line[3]) ?? 0);
        return Math.Max(0, difference);
    }

    public static TranslateResult Translate(EdiDocumentReader reader)
    {
        var head = reader.Segment(reader.Root, "W06");
        return reader.Event.Aspect == "short" ? Short(reader, head) : Shipped(reader, head);
    }

    private static TranslateResult Shipped(EdiDocumentReader reader, X12Line head)
    {
        var fulfilment = reader.Required(head, 2);
        var lines = new JsonArray();
        var (tracking, parcels) = (reader.Root.Find("N9", "2I")?.Or(2), new JsonArray());
        foreach (var (lx, w12) in Lines(reader))
        {
            tracking ??= lx.Find("MAN", "CP")?.Or(2);
            foreach (var parcel in lx.All("MAN").Where(mark => mark[1] == "GM" && mark.Or(2) is not null))
            {
                parcels.Add(parcel[2]);
            }

            if (reader.RequiredNumber(w12.Lines[0], 3) is > 0 and var quantity)
            {
                lines.Add(new JsonObject { ["line"] = Number(reader, lx, w12), ["quantity"] = quantity });
            }
        }

        var carrier = reader.Root.Find("W27");
        var data = new JsonObject { ["references"] = EdiDocumentReader.References(("fulfilment", fulfilment)), ["lines"] = lines };
        Add(data, "site", reader.Root.Party("WH")?.Lines[0].Or(4) ?? reader.Profile.Site);
        Add(data, "carrier", carrier?.Or(2));
        Add(data, "tracking", tracking);
        if (parcels.Count > 0)
        {
            data["parcels"] = parcels;
        }

        var at = reader.At(reader.Root.Find("G62", "11"), 2, 4, 5) ?? reader.At(head, 3);
        return reader.Context.Fact(Milestones.ShipmentShipped, head.Or(4) ?? fulfilment, at, data);
    }

    private static TranslateResult Short(EdiDocumentReader reader, X12Line head)
    {
        var fulfilment = reader.Required(head, 2);
        var lines = new JsonArray();
        foreach (var (lx, w12) in Lines(reader))
        {
            if (Missing(w12.Lines[0]) is not (> 0 and var missing))
            {
                continue;
            }

            // "Complete" with a difference is a contradiction: "complete" means that nothing follows.
            var then = reader.Meaning("x12.368", w12.Lines[0], 1) is { } meaning && meaning != "complete" ? meaning : "cancel";
            lines.Add(new JsonObject
            {
                ["line"] = Number(reader, lx, w12), ["missing"] = missing, ["then"] = then, ["reason"] = $"W1201 {w12.Lines[0][1]}",
            });
        }

        var data = new JsonObject { ["references"] = EdiDocumentReader.References(("fulfilment", fulfilment)), ["lines"] = lines };
        return reader.Context.Fact(Milestones.FulfilmentShort, fulfilment, reader.At(head, 3), data);
    }

    private static IEnumerable<(X12Loop Lx, X12Loop Line)> Lines(EdiDocumentReader reader)
    {
        var lines = reader.Root.Each("LX").SelectMany(lx => lx.Each("W12").Select(line => (lx, line))).ToList();
        if (lines.Count == 0)
        {
            reader.AddError("W12", "The advice has no lines (W12).");
        }

        return lines;
    }

    /// <summary>The order's line: as our 940 gave it (N9*LI), or the loop's own number where that was agreed.</summary>
    private static string Number(EdiDocumentReader reader, X12Loop lx, X12Loop w12)
    {
        if (reader.Profile.LineNumbers == "LX")
        {
            return reader.Required(lx.Lines[0], 1);
        }

        var number = (w12.Find("N9", "LI") ?? lx.Find("N9", "LI"))?.Or(2);
        if (number is null)
        {
            reader.AddError("N902", $"Loop LX {lx.Lines[0][1]} does not give the order's line (N9*LI).");
        }

        return number ?? "";
    }

    private static void Add(JsonObject data, string name, string? value)
    {
        if (value is not null)
        {
            data[name] = value;
        }
    }
}
