using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Exceptions;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>Makes facts of EDI documents. Pure.</summary>
internal sealed class EdiTranslator : IEventTranslator
{
    public IReadOnlyCollection<string> Reads { get; } =
        [EdiEvent.Interchange, EdiEvent.Refusal, .. PartnerProfile.AllSets.Select(EdiEvent.TypeOf)];

    public TranslateResult Translate(TranslateContext context)
    {
        switch (context.Type)
        {
            case EdiEvent.Interchange:
                return TranslateResult.OfNoInterest("The record of an interchange; its documents are messages of their own.");
            case EdiEvent.Refusal:
                return TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "interchange", context.Data["why"].Text() ?? "It was refused."));
        }

        var profile = PartnerProfile.Of(context.Settings);
        var document = EdiEvent.Read(context.Data);
        if (context.Faults.First is { } fault)
        {
            return TranslateResult.Refused(fault);
        }

        var root = X12Set.Of(document.Set, document.Lines).Root;
        return Translate(new DocumentReading(context, profile, document, root));
    }

    private static TranslateResult Translate(DocumentReading reading) => reading.Event.Set switch
    {
        "850" => PurchaseOrder.Placed(reading),
        "860" => PurchaseOrder.Changed(reading),
        "945" => ShippingAdvice.Translate(reading),
        "214" => CarrierDocuments.Status(reading),
        "990" => CarrierDocuments.TenderAnswer(reading),
        "210" => CarrierDocuments.FreightInvoice(reading),
        "997" => Answered(reading),
        "944" => Stock(reading, "W17", 3, "W07", "receipt"),
        "947" => Stock(reading, "W15", 2, "W19", "adjustment"),
        "IFTSTA" => TransportStatus.Status(reading),
        "DESADV" => DespatchAdvice.Despatch(reading),
        "ORDRSP" => OrderResponse.Order(reading),
        var other => TranslateResult.Refused(new MapRefusal(ReasonCodes.CodeUnmapped, "data.set", $"Set {other} is not read.")),
    };

    /// <summary>Read and kept; the tower follows no stock yet.</summary>
    private static TranslateResult Stock(DocumentReading reading, string head, int number, string line, string what)
    {
        var document = reading.Segment(reading.Root, head)[number];
        return TranslateResult.OfNoInterest($"Stock {what} {document} of {reading.Root.Each(line).Count()} lines is recorded; the tower follows no stock.");
    }

    /// <summary>A 997 that takes our document confirms what was assumed; one that refuses it takes the acceptance back.</summary>
    private static TranslateResult Answered(DocumentReading reading)
    {
        var set = reading.Root.Each("AK2").FirstOrDefault();
        var verdict = set?.Find("AK5") ?? reading.Root.Find("AK9") ?? reading.Segment(reading.Root, "AK9");
        var name = set is null ? $"group {reading.Root.Find("AK1")?[2]}" : $"{set.Lines[0][1]} {set.Lines[0][2]} of group {reading.Root.Find("AK1")?[2]}";
        if (verdict[1] is "A" or "E" or "P")
        {
            return TranslateResult.OfNoInterest($"The partner took {name} ({verdict[1]}).");
        }

        if (verdict[1] is not ("R" or "M" or "W" or "X"))
        {
            return TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, $"{verdict.Id}01", $"{verdict[1]} is no verdict of a 997."));
        }

        if (reading.Event.Key is not { } key)
        {
            return TranslateResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "AK102", $"The partner refused {name}, which we did not send."));
        }

        var places = set?.Flat().Where(line => line.Id is "AK3" or "AK4").Select(line => line.ToString()) ?? [];
        var data = new System.Text.Json.Nodes.JsonObject
        {
            ["key"] = key, ["code"] = "REFUSED_BY_997", ["reason"] = $"The partner refused {name}: {verdict} {string.Join(' ', places)}".Trim() is { Length: > 900 } longer ? longer[..900] : $"The partner refused {name}: {verdict} {string.Join(' ', places)}".Trim(),
        };
        return reading.Context.Fact(Milestones.CommandFailed, key, null, data);
    }
}
