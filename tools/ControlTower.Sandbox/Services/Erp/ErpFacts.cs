using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Erp;

/// <summary>The facts of the ERP.</summary>
internal sealed class ErpFacts(Floor floor)
{
    public const string LegalEntity = "1000";

    public Fact Accepted(SalesOrder order) => new("order.accepted", order.Number, Own(order), new
    {
        order = new
        {
            number = order.Number,
            version = 1,
            legalEntity = LegalEntity,
            customer = order.Customer,
            region = order.Region,
            currency = order.Currency,
            requestedDelivery = CloudEvents.Text(order.Promised),
            priority = Priority(order),
            paymentTerms = "NET30",
            completeDelivery = false,
            podRequired = order.ProofRequired,
            lines = order.Lines.Select(Line).ToList(),
            total = order.Total,
        },
    });

    public static Fact Held(SalesOrder order) => new("order.held", order.Number, Own(order), new
    {
        hold = new { id = $"{order.Number}/1", code = order.HoldCode, reason = Reason(order.HoldCode), stops = "release" },
    })
    {
        Together = true,
    };

    public static Fact Cancelled(SalesOrder order) =>
        new("order.cancelled", order.Number, Own(order), new { reason = "Cancelled by the customer" });

    public Fact GoodsIssued(GoodsIssue issue, SalesOrder order) => new(
        "goods-issue.posted",
        issue.Document,
        issue.References.Only("order", "fulfilment", "shipment").With("goodsIssue", issue.Document),
        new
        {
            document = issue.Document,
            postingDate = CloudEvents.Text(Region.Named(order.Region).Local(floor.ItineraryOf(order).GoodsIssued))[..10],
            lines = issue.Lines,
        });

    public static Fact Posted(Posting posting) => new(
        "posting.posted",
        posting.Document,
        posting.References.Only("order", "invoice").With("posting", posting.Document),
        new
        {
            posting = new
            {
                document = posting.Document,
                companyCode = LegalEntity,
                postingDate = posting.PostingDate,
                period = posting.PostingDate.Length >= 7 ? posting.PostingDate[..7] : null,
                net = posting.Net,
                tax = posting.Tax,
                total = posting.Total,
                currency = posting.Currency,
            },
        });

    private static References Own(SalesOrder order) => new References().With("order", order.Number);

    private static object Line(OrderLine line) => new
    {
        line = line.Line,
        item = line.Item,
        description = line.Description,
        quantity = line.Quantity,
        unit = "EA",
        unitPrice = line.UnitPrice,
        amount = line.Amount,
        site = line.Site,
    };

    private static string Priority(SalesOrder order) => order.ShippingMode switch
    {
        "Same Day" => "urgent",
        "First Class" => "high",
        _ => "normal",
    };

    private static string Reason(string? code) => code switch
    {
        "PAYMENT_REVIEW" => "The payment is under review",
        "SUSPECTED_FRAUD" => "Fraud is suspected",
        _ => "Held by the sales desk",
    };
}
