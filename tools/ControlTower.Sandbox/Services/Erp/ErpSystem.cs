using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Plans;
using ControlTower.Sandbox.Wire;


namespace ControlTower.Sandbox.Services.Erp;

/// <summary>
/// The ERP: owns the orders and their holds, books goods issues and postings, shows the stage that the tower reports.
/// </summary>
internal sealed class ErpSystem(Floor floor, Outlet outlet) : TradingSystem("erp", floor)
{
    private readonly ErpLedger _ledger = new(floor.Orders);
    private readonly ErpFacts _facts = new(floor);
    private readonly Counter _goodsIssues = new();
    private readonly Counter _postings = new();

    public override IReadOnlyList<Outlet> Outlets { get; } = [outlet];

    /// <summary>How many orders were reported to the tower.</summary>
    public int Told => _ledger.Told;

    public int Posted => _ledger.Postings.Count;

    public override object Ledger(string? order) => _ledger.Show(order, Commands);

    /// <summary>Every order is accepted at its time; some are held at once, some cancelled later.</summary>
    protected override void Begin()
    {
        foreach (var order in Floor.Orders.All)
        {
            Plan(outlet, order.OrderedAt, "order.accepted", order.Number, () => _facts.Accepted(order),
                () => _ledger.Say(order, "accepted"));
            if (order.Ending == Ending.Held)
            {
                Plan(outlet, order.OrderedAt, "order.held", order.Number, () => ErpFacts.Held(order), () => _ledger.Say(order, "held"));
            }
            else if (order.Ending == Ending.Cancelled)
            {
                var at = Floor.ItineraryOf(order).Cancelled;
                Plan(outlet, at, "order.cancelled", order.Number, () => ErpFacts.Cancelled(order), () => _ledger.Say(order, "cancelled"));
            }
        }
    }

    protected override (Answer Answer, Effect? Effect) Decide(Command command)
    {
        if (command.Kind is not ("post-goods-issue" or "post-invoice" or "update-order-status"))
        {
            return (Answers.UnknownKind(command.Kind), null);
        }

        if (Floor.Orders.Find(command.Order) is not { } order)
        {
            return (Answers.UnknownOrder(command.Order), null);
        }

        return command.Kind switch
        {
            "post-goods-issue" => IssueGoods(command, order),
            "post-invoice" => PostInvoice(command, order),
            _ => UpdateStatus(command, order),
        };
    }

    protected override void Apply(Effect effect)
    {
        _ledger.Add(effect);
        switch (effect)
        {
            case GoodsIssue issue:
                _goodsIssues.Add(issue.Shipment);
                Follow(
                    issue.Order, issue.Document, "goods-issue.posted", plan => plan.GoodsIssued, order => _facts.GoodsIssued(issue, order));
                break;
            case Posting posting:
                _postings.Add(posting.Invoice);
                Follow(posting.Order, posting.Document, "posting.posted", plan => plan.Posted, _ => ErpFacts.Posted(posting));
                break;
        }
    }

    private void Follow(
        string number, string document, string milestone, Func<Plans.Itinerary, DateTimeOffset> at, Func<SalesOrder, Fact> fact)
    {
        if (Floor.Orders.Find(number) is { } order)
        {
            Plan(outlet, at(Floor.ItineraryOf(order)), milestone, document, () => fact(order));
        }
    }

    private (Answer, Effect?) IssueGoods(Command command, SalesOrder order)
    {
        if (command.References.Number("shipment") is not { Length: > 0 } shipment)
        {
            return (Answers.Missing("references.shipment"), null);
        }

        var issue = new GoodsIssue
        {
            Document = Numbers.After("GI", shipment, _goodsIssues.Of(shipment)),
            Shipment = shipment,
            Site = command.Data.Site,
            Lines = command.Data.Lines,
        };
        return (Answer.Accepted(issue.Document), issue);
    }

    private (Answer, Effect?) PostInvoice(Command command, SalesOrder order)
    {
        if (command.References.Number("invoice") is not { Length: > 0 } number)
        {
            return (Answers.Missing("references.invoice"), null);
        }

        if (command.Data.Invoice is not { Net: { } net } invoice)
        {
            return (Answers.Missing("invoice.net"), null);
        }

        var posting = new Posting
        {
            Document = Numbers.After("JE", number, _postings.Of(number)),
            Invoice = number,
            Currency = invoice.Currency ?? order.Currency,
            Net = net,
            Tax = invoice.Tax ?? 0,
            Total = invoice.Total ?? net + (invoice.Tax ?? 0),
            PostingDate = command.Data.PostingDate ?? CloudEvents.Text(Floor.ItineraryOf(order).Posted)[..10],
        };
        return (Answer.Accepted(posting.Document), posting);
    }

    private (Answer, Effect?) UpdateStatus(Command command, SalesOrder order)
    {
        if (command.Data.Stage is not { Length: > 0 } stage)
        {
            return (Answers.Missing("stage"), null);
        }

        var update = new StatusUpdate
        {
            Stage = stage,
            At = command.Data.At,
        };
        return (Answer.Accepted(null), update);
    }
}
