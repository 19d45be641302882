using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>Goods issues, invoices, postings, payments and freight.</summary>
internal static class MoneyMapper
{
    public static FactData Map(string milestone, FieldReader data) => milestone switch
    {
        Milestones.GoodsIssuePosted => new()
        {
            Document = data["document"].RequiredText(),
            PostingDate = data["postingDate"].Date(),
            Lines = data["lines"].IsPresent ? LineMapper.Quantities(data["lines"], required: false) : null,
        },
        Milestones.InvoiceIssued => new() { Invoice = Invoice(data["invoice"].RequiredObject()) },
        Milestones.PostingPosted => new() { Posting = Posting(data["posting"].RequiredObject()) },

        // A cancellation or reversal names its document by its subject; its figures are those of the document.
        Milestones.InvoiceCancelled or Milestones.PostingReversed => new() { Reason = data["reason"].Text() },
        Milestones.PaymentApplied => new()
        {
            Amount = data["amount"].RequiredAmount(),
            Currency = OrderMapper.Currency(data["currency"]),
            Deductions = Whole(data["deductions"]),
        },
        Milestones.FreightInvoiced => new() { Freight = Freight(data["freight"].RequiredObject()) },
        _ => new() { Code = data["code"].RequiredText(Lengths.Code), Reason = data["reason"].Text() },
    };

    private static InvoiceSnapshot Invoice(FieldReader invoice) => new(
        invoice["number"].RequiredText(),
        OrderMapper.Currency(invoice["currency"]),
        invoice["lines"].IsPresent ? invoice["lines"].Items(required: false).ConvertAll(Line) : null,
        invoice["net"].RequiredAmount(),
        invoice["tax"].Amount(),
        invoice["total"].RequiredAmount());

    private static InvoiceLine Line(FieldReader line) =>
        new(line["line"].RequiredText(), line["quantity"].Quantity(), line["amount"].Amount());

    private static PostingSnapshot Posting(FieldReader posting) => new(
        posting["document"].RequiredText(),
        posting["companyCode"].Number(),
        posting["postingDate"].Date(),
        posting["period"].Identifier(Lengths.Code),
        posting["net"].Amount(),
        posting["tax"].Amount(),
        posting["total"].RequiredAmount(),
        OrderMapper.Currency(posting["currency"]));

    private static JsonElement? Freight(FieldReader freight)
    {
        freight["carrier"].RequiredText();
        freight["invoice"].RequiredText();
        OrderMapper.Currency(freight["currency"]);
        foreach (var charge in freight["charges"].Items(required: true))
        {
            charge["code"].RequiredText(Lengths.Code);
            charge["amount"].RequiredAmount();
        }

        freight["total"].RequiredAmount();
        return Whole(freight);
    }

    /// <summary>A part kept as it is, in canonical form.</summary>
    private static JsonElement? Whole(FieldReader field)
    {
        if (!field.IsPresent)
        {
            return null;
        }

        using var document = JsonDocument.Parse(CanonicalJson.Write(field.Element));
        return document.RootElement.Clone();
    }
}
