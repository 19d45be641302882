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
        [EdiEvent.Interchange, EdiEvent.Refusal, EdiEvent.TypeOf(EdiEvent.Ta1), .. PartnerProfile.AllSets.Select(EdiEvent.TypeOf)];

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

        var root = X12Set.Of(document.Set, document.Lines, document.Version).Root;
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
        "997" => PartnerAnswer.Of997(reading),
        EdiEvent.Ta1 => PartnerAnswer.OfTa1(reading),
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
        var lines = reading.Root.Each(line).Concat(reading.Root.Each("LX").SelectMany(lx => lx.Each(line))).Count();
        return TranslateResult.OfNoInterest($"Stock {what} {document} of {lines} lines is recorded; the tower follows no stock.");
    }
}
