using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Makes facts of Stripe's invoices. An invoice belongs to an order when its metadata names one; others of the same
/// account are none of the tower's.
/// </summary>
internal sealed class StripeTranslator : IEventTranslator
{
    public IReadOnlyCollection<string> Reads { get; } = [StripeEvents.Type];

    public TranslateResult Translate(TranslateContext context)
    {
        var type = context.Data["event"].RequiredText();
        var invoice = context.Data["object"].RequiredObject();
        if (!StripeEvents.OfInterest.Contains(type))
        {
            return TranslateResult.OfNoInterest($"The tower takes nothing from {type}.");
        }

        var number = invoice["number"].Text() ?? invoice["id"].RequiredText();
        var metadata = invoice["metadata"].IsPresent ? invoice["metadata"].RequiredObject() : invoice["metadata"];
        var (order, shipment) = (metadata[StripeKeys.Order].Text(), metadata[StripeKeys.Shipment].Text());
        if (order is null && metadata[StripeKeys.Command].Text() is null)
        {
            return TranslateResult.OfNoInterest($"Invoice {number} names no order ({StripeKeys.Order}) in its metadata.");
        }

        var references = new JsonObject { ["order"] = order, ["shipment"] = shipment, ["invoice"] = number };
        return type switch
        {
            StripeEvents.Finalized => Issued(context, invoice, number, references),
            StripeEvents.Voided => context.Fact(
                Milestones.InvoiceCancelled, number, At(context),
                new JsonObject { ["references"] = references, ["reason"] = "Voided in Stripe" }),
            StripeEvents.Paid => Paid(context, invoice, number, references),
            _ => Failed(context, invoice, number, references),
        };
    }

    private static TranslateResult Issued(TranslateContext context, FieldReader invoice, string number, JsonObject references)
    {
        var currency = Currency(invoice);
        var total = Amount(invoice["total"], currency);
        var net = invoice["total_excluding_tax"].IsPresent ? Amount(invoice["total_excluding_tax"], currency)
            : invoice["subtotal_excluding_tax"].IsPresent ? Amount(invoice["subtotal_excluding_tax"], currency)
            : total - (invoice["tax"].IsPresent ? Amount(invoice["tax"], currency) : 0);
        var copy = new JsonObject { ["number"] = number, ["currency"] = currency, ["net"] = net, ["tax"] = total - net, ["total"] = total };
        if (Lines(invoice["lines"], currency) is { } lines)
        {
            copy["lines"] = lines;
        }

        return context.Fact(Milestones.InvoiceIssued, number, At(context),
            new JsonObject { ["references"] = references, ["invoice"] = copy });
    }

    /// <summary>Billing's report of a payment: a witness; the ERP owns it.</summary>
    private static TranslateResult Paid(TranslateContext context, FieldReader invoice, string number, JsonObject references)
    {
        var currency = Currency(invoice);
        return context.Fact(Milestones.PaymentApplied, number, At(context), new JsonObject
        {
            ["references"] = references, ["amount"] = Amount(invoice["amount_paid"], currency), ["currency"] = currency,
        });
    }

    /// <summary>
    /// An invoice that others made and Stripe could not finalise. For the tower's own the response to the command
    /// reports it, and they are deleted.
    /// </summary>
    private static TranslateResult Failed(TranslateContext context, FieldReader invoice, string number, JsonObject references)
    {
        if (invoice["metadata"][StripeKeys.Command].IsPresent)
        {
            return TranslateResult.OfNoInterest($"The command that requested {number} has this result already.");
        }

        var error = invoice["last_finalization_error"].RequiredObject();
        var reason = context.Codes.Require(StripeErrors.Scheme, StripeApi.Version, error[error["code"].IsPresent ? "code" : "type"]);
        references.Remove("invoice");
        return context.Fact(Milestones.InvoiceRejected, number, At(context), new JsonObject
        {
            ["references"] = references, ["code"] = reason, ["reason"] = error["message"].Text(),
        });
    }

    /// <summary>
    /// The lines by the order's own numbers; none when one of them lacks its number, because then they cannot be
    /// compared.
    /// </summary>
    private static JsonArray? Lines(FieldReader lines, string currency)
    {
        if (!lines.IsPresent)
        {
            return null;
        }

        var copy = new JsonArray();
        foreach (var line in lines.Items(required: false))
        {
            if (line["metadata"][StripeKeys.Line].Text() is not { } number)
            {
                return null;
            }

            var quantity = decimal.TryParse(line["metadata"][StripeKeys.Quantity].Text(), out var read) ? read : (decimal?)null;
            copy.Add((JsonNode)new JsonObject { ["line"] = number, ["quantity"] = quantity,
                ["amount"] = Amount(line["amount"], currency) });
        }

        return copy.Count == 0 ? null : copy;
    }

    private static string Currency(FieldReader invoice) => invoice["currency"].RequiredText().ToUpperInvariant();

    private static decimal Amount(FieldReader minor, string currency)
    {
        if (minor.Kind != JsonValueKind.Number)
        {
            minor.AddError($"{minor.Path} must be a whole number of the currency's minor unit.");
            return 0;
        }

        return minor.Integer() is { } units ? StripeMoney.FromMinor(units, currency) : 0;
    }

    private static DateTimeOffset? At(TranslateContext context) =>
        context.Data["at"].Integer() is { } seconds and > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
