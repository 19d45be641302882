using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Plans;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Carriers;

/// <summary>
/// Transport: a TMS that takes tenders, and the carriers that drive, deliver and bring the proof. One book, a connector
/// each.
/// </summary>
internal sealed class CarriersSystem(Floor floor, Outlet tms, IReadOnlyDictionary<string, Outlet> carriers)
    : TradingSystem("carriers", floor)
{
    private readonly List<Load> _loads = [];
    private readonly Counter _perShipment = new();

    public override IReadOnlyList<Outlet> Outlets { get; } = [tms, .. carriers.Values];

    public int Delivered => _loads.Count(load => load.DeliveredAt is not null);

    public override object Ledger(string? order) => CarriersLedger.Show(_loads, order, Commands);

    protected override (Answer Answer, Effect? Effect) Decide(Command command)
    {
        if (command.Kind != "tender-shipment")
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

        var tender = Take(command, order, shipment);
        return (Answer.Accepted(tender.Load, new References().With("tracking", tender.Carrier, tender.Tracking)), tender);
    }

    protected override void Apply(Effect effect)
    {
        if (effect is not Tender tender || Floor.Orders.Find(tender.Order) is not { } order)
        {
            return;
        }

        var load = new Load(tender, order);
        _loads.Add(load);
        _perShipment.Add(tender.Shipment);
        var plan = Floor.ItineraryOf(order);
        Plan(tms, plan.TenderAccepted, "shipment.accepted", tender.Load, () => CarrierFacts.Accepted(tender), () =>
        {
            load.AcceptedAt = plan.TenderAccepted;
            Floor.Dock.Label(tender.Shipment, tender.Tracking);
        });
        Floor.Dock.WhenHandedOver(tender.Shipment, () => Drive(load, plan));
    }

    private Tender Take(Command command, SalesOrder order, string shipment)
    {
        var carrier = carriers.ContainsKey(command.Data.Carrier ?? "") ? command.Data.Carrier! : order.Carrier;
        var before = _perShipment.Of(shipment);
        return new Tender
        {
            Load = Numbers.After("LD", shipment, before),
            Shipment = shipment,
            Carrier = carrier,
            Tracking = Numbers.After(carrier[..2].ToUpperInvariant(), shipment, before),
            Site = command.Data.Site,
        };
    }

    private void Drive(Load load, Itinerary plan)
    {
        var (outlet, facts) = (carriers[load.Tender.Carrier], new CarrierFacts(load));
        void Step(DateTimeOffset at, string milestone, string? location = null, string part = "", Action? said = null) =>
            Plan(outlet, facts.Local(at), milestone, load.Tender.Tracking, () => facts.Milestone(milestone, location), said, part);

        Step(plan.PickedUp, "shipment.picked-up", "dock", said: () => load.PickedUpAt = plan.PickedUp);
        for (var i = 0; i < plan.Terminals.Count; i++)
        {
            var terminal = plan.Terminals[i];
            Step(terminal.Arrived, "shipment.arrived-terminal", terminal.Location, $"/{i + 1}");
            Step(terminal.Departed, "shipment.departed-terminal", terminal.Location, $"/{i + 1}");
        }

        Step(plan.OutForDelivery, "shipment.out-for-delivery");
        Step(plan.Delivered, "shipment.delivered", said: () => load.DeliveredAt = plan.Delivered);
        if (!load.Order.Fate.HasFlag(Fate.ProofLost))
        {
            Plan(outlet, facts.Local(plan.Proof), "delivery.pod", load.Tender.Tracking, facts.Proof, () => load.ProofAt = plan.Proof);
        }
    }
}
