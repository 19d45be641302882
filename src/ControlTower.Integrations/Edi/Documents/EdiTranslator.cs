using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
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
                return TranslateResult.Refused(new MapRefusal(
                    ReasonCodes.SchemaInvalid, "interchange", context.Data["why"].Text() ?? "It was refused."));
        }

        var profile = PartnerProfile.Parse(context.Settings);
        var document = EdiEvent.Read(context.Data);
        if (context.Errors.First is { } error)
        {
            return TranslateResult.Refused(error);
        }

        var root = X12Set.FromLines(document.Set, document.Lines, document.Version).Root;
        return Translate(new EdiDocumentReader(context, profile, document, root));
    }

    private static TranslateResult Translate(EdiDocumentReader reader) => reader.Event.Set switch
    {
        "850" => PurchaseOrder.Placed(reader),
        "860" => PurchaseOrder.Changed(reader),
        "945" => ShippingAdvice.Translate(reader),
        "214" => CarrierDocuments.Status(reader),
        "990" => CarrierDocuments.TenderAnswer(reader),
        "210" => CarrierDocuments.FreightInvoice(reader),
        "997" => PartnerAnswer.From997(reader),
        EdiEvent.Ta1 => PartnerAnswer.FromTa1(reader),
        "944" => Stock(reader, "W17", 3, "W07", "receipt"),
        "947" => Stock(reader, "W15", 2, "W19", "adjustment"),
        "IFTSTA" => TransportStatus.Status(reader),
        "DESADV" => DespatchAdvice.Despatch(reader),
        "ORDRSP" => OrderResponse.Order(reader),
        var other => TranslateResult.Refused(new MapRefusal(ReasonCodes.CodeUnmapped, "data.set", $"Set {other} is not read.")),
    };

    /// <summary>Read and kept; the tower does not track stock yet.</summary>
    private static TranslateResult Stock(EdiDocumentReader reader, string head, int number, string line, string what)
    {
        var document = reader.Segment(reader.Root, head)[number];
        var lines = reader.Root.Each(line).Concat(reader.Root.Each("LX").SelectMany(lx => lx.Each(line))).Count();
        return TranslateResult.OfNoInterest($"Stock {what} {document} of {lines} lines is recorded; the tower follows no stock.");
    }
}
