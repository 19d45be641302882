using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Billing;

/// <summary>The billing engine: creates invoices by command. It cannot push; its facts are polled.</summary>
internal sealed class BillingSystem(Floor floor, PollOutlet outlet) : TradingSystem("billing", floor)
{
    private readonly List<Invoice> _invoices = [];
    private readonly List<Refusal> _refusals = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Counter _perShipment = new();

    public override IReadOnlyList<Outlet> Outlets { get; } = [outlet];

    public PollOutlet Feed => outlet;

    public int Invoiced => _invoices.Count;

    /// <summary>Orders for which an invoice was requested, created or refused.</summary>
    public int Asked => _asked.Count;

    public override object Ledger(string? order)
    {
        var (invoices, refusals) = (_invoices.Of(order), _refusals.Of(order));
        return new
        {
            system = "billing",
            totals = new
            {
                invoices = invoices.Count,
                invoicedOrders = invoices.Select(invoice => invoice.Order).Distinct().Count(),
                net = invoices.Sum(invoice => invoice.Net),
                refusals = refusals.Count,
                commands = Commands,
            },
            invoices,
            refusals,
        };
    }

    protected override (Answer Answer, Effect? Effect) Decide(Command command)
    {
        if (command.Kind != "create-invoice")
        {
            return (Answers.UnknownKind(command.Kind), null);
        }

        if (Floor.Orders.Find(command.Order) is not { } order)
        {
            return (Answers.UnknownOrder(command.Order), null);
        }

        if (command.References.Number("shipment") is not { Length: > 0 } shipment)
        {
            return (Answers.Missing("references.shipment"), null);
        }

        if (command.Data.Invoice?.Lines is not { Count: > 0 } lines || lines.Any(line => line.Amount is null))
        {
            return (Answers.Missing("invoice.lines with amounts"), null);
        }

        return order.Fate.HasFlag(Fate.InvoiceRejected) && !_refused.Contains(order.Number)
            ? Refuse(command, order)
            : Bill(command, order, shipment, lines);
    }

    protected override void Apply(Effect effect)
    {
        switch (effect)
        {
            case Refusal refusal:
                _refusals.Add(refusal);
                _refused.Add(refusal.Order);
                _asked.Add(refusal.Order);
                break;
            case Invoice invoice when Floor.Orders.Find(invoice.Order) is { } order:
                _invoices.Add(invoice);
                _asked.Add(invoice.Order);
                _perShipment.Add(invoice.Shipment);
                Plan(outlet, Floor.ItineraryOf(order).Invoiced, "invoice.issued", invoice.Number, () => Issued(invoice));
                break;
        }
    }

    private (Answer, Effect?) Refuse(Command command, SalesOrder order)
    {
        var line = order.Lines[0];
        var answer = Answer.Rejected(
            "TAX_REJECTED", "The tax class is not accepted",
            $"The tax class of item {line.Item} is not valid for {order.Customer.ShipTo.Country}.");
        return (answer, new Refusal { Code = "TAX_REJECTED", Kind = command.Kind });
    }

    private (Answer, Effect?) Bill(Command command, SalesOrder order, string shipment, IReadOnlyList<CommandLine> lines)
    {
        var invoice = new Invoice
        {
            Number = Numbers.After("INV", shipment, _perShipment.Of(shipment)),
            Shipment = shipment,
            Currency = command.Data.Invoice!.Currency ?? order.Currency,
            Net = lines.Sum(line => line.Amount!.Value),
            Lines = lines,
        };
        return (Answer.Accepted(invoice.Number), invoice);
    }

    private static Fact Issued(Invoice invoice) => new(
        "invoice.issued",
        invoice.Number,
        invoice.References.Only("order", "shipment").With("invoice", invoice.Number),
        new
        {
            invoice = new
            {
                number = invoice.Number,
                currency = invoice.Currency,
                lines = invoice.Lines,
                net = invoice.Net,
                tax = 0m,
                total = invoice.Net,
            },
        });
}
