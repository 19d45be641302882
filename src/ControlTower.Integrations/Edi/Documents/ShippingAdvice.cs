using System.Text.Json.Nodes;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors.Translating;
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

    public static TranslateResult Translate(DocumentReading reading)
    {
        var head = reading.Segment(reading.Root, "W06");
        return reading.Event.Aspect == "short" ? Short(reading, head) : Shipped(reading, head);
    }

    private static TranslateResult Shipped(DocumentReading reading, X12Line head)
    {
        var fulfilment = reading.Required(head, 2);
        var lines = new JsonArray();
        var (tracking, parcels) = (reading.Root.Find("N9", "2I")?.Or(2), new JsonArray());
        foreach (var (lx, w12) in Lines(reading))
        {
            tracking ??= lx.Find("MAN", "CP")?.Or(2);
            foreach (var parcel in lx.All("MAN").Where(mark => mark[1] == "GM" && mark.Or(2) is not null))
            {
                parcels.Add(parcel[2]);
            }

            if (reading.RequiredNumber(w12.Lines[0], 3) is > 0 and var quantity)
            {
                lines.Add(new JsonObject { ["line"] = Number(reading, lx, w12), ["quantity"] = quantity });
            }
        }

        var carrier = reading.Root.Find("W27");
        var data = new JsonObject { ["references"] = DocumentReading.References(("fulfilment", fulfilment)), ["lines"] = lines };
        Add(data, "site", reading.Root.Party("WH")?.Lines[0].Or(4) ?? reading.Profile.Site);
        Add(data, "carrier", carrier?.Or(2));
        Add(data, "tracking", tracking);
        if (parcels.Count > 0)
        {
            data["parcels"] = parcels;
        }

        var at = reading.At(reading.Root.Find("G62", "11"), 2, 4, 5) ?? reading.At(head, 3);
        return reading.Context.Fact(Milestones.ShipmentShipped, head.Or(4) ?? fulfilment, at, data);
    }

    private static TranslateResult Short(DocumentReading reading, X12Line head)
    {
        var fulfilment = reading.Required(head, 2);
        var lines = new JsonArray();
        foreach (var (lx, w12) in Lines(reading))
        {
            if (Missing(w12.Lines[0]) is not (> 0 and var missing))
            {
                continue;
            }

            // "Complete" with a difference contradicts itself: the warehouse says that nothing follows.
            var then = reading.Meaning("x12.368", w12.Lines[0], 1) is { } meaning && meaning != "complete" ? meaning : "cancel";
            lines.Add(new JsonObject
            {
                ["line"] = Number(reading, lx, w12), ["missing"] = missing, ["then"] = then, ["reason"] = $"W1201 {w12.Lines[0][1]}",
            });
        }

        var data = new JsonObject { ["references"] = DocumentReading.References(("fulfilment", fulfilment)), ["lines"] = lines };
        return reading.Context.Fact(Milestones.FulfilmentShort, fulfilment, reading.At(head, 3), data);
    }

    private static IEnumerable<(X12Loop Lx, X12Loop Line)> Lines(DocumentReading reading)
    {
        var lines = reading.Root.Each("LX").SelectMany(lx => lx.Each("W12").Select(line => (lx, line))).ToList();
        if (lines.Count == 0)
        {
            reading.Fault("W12", "The advice has no lines (W12).");
        }

        return lines;
    }

    /// <summary>The order's line: as our 940 gave it (N9*LI), or the loop's own number where that was agreed.</summary>
    private static string Number(DocumentReading reading, X12Loop lx, X12Loop w12)
    {
        if (reading.Profile.LineNumbers == "LX")
        {
            return reading.Required(lx.Lines[0], 1);
        }

        var number = (w12.Find("N9", "LI") ?? lx.Find("N9", "LI"))?.Or(2);
        if (number is null)
        {
            reading.Fault("N902", $"Loop LX {lx.Lines[0][1]} does not give the order's line (N9*LI).");
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
