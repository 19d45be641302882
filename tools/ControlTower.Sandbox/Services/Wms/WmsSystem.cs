using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Plans;
using ControlTower.Sandbox.Wire;


namespace ControlTower.Sandbox.Services.Wms;

/// <summary>The warehouses: take releases, allocate, pick, pack, and ship once the carrier has accepted.</summary>
internal sealed class WmsSystem(Floor floor, Outlet outlet) : TradingSystem("wms", floor)
{
    private readonly Dictionary<string, Fulfilment> _fulfilments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Counter _releases = new();
    private readonly WmsLedger _ledger = new();

    public override IReadOnlyList<Outlet> Outlets { get; } = [outlet];

    public int Shipped => _ledger.Shipped;

    /// <summary>Orders for which a release came, accepted or refused.</summary>
    public int Asked => _asked.Count;

    public override object Ledger(string? order) => _ledger.Show(order, Commands);

    protected override (Answer Answer, Effect? Effect) Decide(Command command) => command.Kind switch
    {
        "release-fulfilment" => DecideRelease(command),
        "cancel-fulfilment" => DecideCancellation(command),
        _ => (Answers.UnknownKind(command.Kind), null),
    };

    protected override void Apply(Effect effect)
    {
        _ledger.Add(effect);
        switch (effect)
        {
            case Refusal refusal:
                _refused.Add(refusal.Order);
                _asked.Add(refusal.Order);
                break;
            case Release release when Floor.Orders.Find(release.Order) is { } order:
                _asked.Add(release.Order);
                TakeOn(release, order);
                break;
            case Cancellation cancellation when _fulfilments.TryGetValue(cancellation.Fulfilment, out var fulfilment):
                Cancel(cancellation, fulfilment);
                break;
        }
    }

    private (Answer, Effect?) DecideRelease(Command command)
    {
        if (Floor.Orders.Find(command.Order) is not { } order)
        {
            return (Answers.UnknownOrder(command.Order), null);
        }

        if (command.Data.Site is not { Length: > 0 } site)
        {
            return (Answers.Missing("site"), null);
        }

        if (command.Data.Lines is not { Count: > 0 } lines || lines.Any(line => line.Quantity is not > 0))
        {
            return (Answers.Missing("lines with quantities"), null);
        }

        return order.Fate.HasFlag(Fate.ReleaseRejected) && site == order.Sites[0] && !_refused.Contains(order.Number)
            ? Refuse(command, order)
            : Accept(command, order, site, lines);
    }

    private (Answer, Effect?) Refuse(Command command, SalesOrder order)
    {
        var line = order.Lines[0];
        var answer = Answer.Rejected(
            "LOT_SERIAL_INVALID", "The lot is blocked", $"The only lot of item {line.Item}, line {line.Line}, is blocked at {line.Site}.");
        return (answer, new Refusal { Code = "LOT_SERIAL_INVALID", Kind = command.Kind });
    }

    private (Answer, Effect?) Accept(Command command, SalesOrder order, string site, IReadOnlyList<CommandLine> lines)
    {
        var place = Math.Max(0, order.Sites.ToList().IndexOf(site)) + 1;
        var release = new Release
        {
            Fulfilment = Numbers.After("FO", $"{Numbers.Stem(order.Number)}-{place}", _releases.Of(order.Number + "@" + site)),
            Site = site,
            Lines = [.. lines.Select(line => new GoodsLine(line.Line, line.Item, line.Quantity!.Value))],
        };
        return (Answer.Accepted(release.Fulfilment), release);
    }

    private (Answer, Effect?) DecideCancellation(Command command)
    {
        var number = command.References.Number("fulfilment");
        if (number is null || !_fulfilments.TryGetValue(number, out var fulfilment))
        {
            return (Answers.UnknownDocument("fulfilment", number), null);
        }

        var some = command.Data.Lines is { Count: > 0 } lines ? lines.Select(line => line.Line).ToList() : null;
        var cancellation = new Cancellation
        {
            Fulfilment = fulfilment.Number,
            Lines = some is null || fulfilment.Lines.All(line => some.Contains(line.Line)) ? null : some,
            Reason = command.Data.Reason,
            Rejected = fulfilment.Shipped
                || (some is not null && fulfilment.Packed && fulfilment.Lines.Any(line => !some.Contains(line.Line))),
            Order = fulfilment.Order.Number,
        };
        return (Answer.Accepted(null), cancellation);
    }

    private void TakeOn(Release release, SalesOrder order)
    {
        var site = release.Order + "@" + release.Site;
        var fulfilment = new Fulfilment(release, order, first: _releases.Of(site) == 0);
        _releases.Add(site);
        _fulfilments[fulfilment.Number] = fulfilment;
        var (plan, facts) = (Floor.ItineraryOf(order), new WmsFacts(fulfilment));
        Step(fulfilment, plan.Allocated, "fulfilment.allocated", facts.Allocated);
        if (order.Ending == Ending.Held)
        {
            return;
        }

        if (fulfilment.Short is not null)
        {
            Step(fulfilment, plan.Picked, "fulfilment.short", facts.NotFound);
        }

        Step(fulfilment, plan.Picked, "fulfilment.picked", facts.Picked);
        if (order.Ending == Ending.Posted)
        {
            Step(fulfilment, plan.Packed, "fulfilment.packed", facts.Packed, () => fulfilment.Packed = true);
            fulfilment.Shipments.ToList().ForEach(shipment => Build(fulfilment, shipment, facts));
        }
    }

    private void Step(Fulfilment fulfilment, DateTimeOffset at, string milestone, Func<Fact> fact, Action? said = null) =>
        Plan(outlet, at, milestone, fulfilment.Number, () => fulfilment.Cancelled ? null : fact(), said);

    private void Build(Fulfilment fulfilment, Shipment shipment, WmsFacts facts)
    {
        var plan = Floor.ItineraryOf(fulfilment.Order);
        Plan(outlet, plan.Ready, "shipment.ready", shipment.Number, () => shipment.Lines.Count == 0 ? null : facts.Ready(shipment));
        Floor.Dock.WhenLabelled(shipment.Number, tracking =>
        {
            shipment.Tracking = tracking;
            Plan(outlet, plan.Shipped, "shipment.shipped", shipment.Number,
                () => shipment.Lines.Count == 0 ? null : facts.Shipped(shipment), () => Ship(fulfilment, shipment));
        });
    }

    private void Ship(Fulfilment fulfilment, Shipment shipment)
    {
        shipment.Shipped = true;
        _ledger.Ship(fulfilment, shipment, Floor.ItineraryOf(fulfilment.Order).Shipped);
        Floor.Dock.HandOver(shipment.Number);
    }

    private void Cancel(Cancellation cancellation, Fulfilment fulfilment)
    {
        if (!cancellation.Rejected)
        {
            fulfilment.Cancel(cancellation.Lines);
            Forget(fulfilment);
        }

        var milestone = cancellation.Rejected ? "fulfilment.cancel-rejected" : "fulfilment.cancelled";
        var at = fulfilment.Order.Ending == Ending.Cancelled ? Floor.ItineraryOf(fulfilment.Order).Cancelled : cancellation.BookedAt;
        Plan(outlet, at, milestone, fulfilment.Number, () => WmsFacts.Cancelled(cancellation, milestone), part: "/" + cancellation.Key);
    }

    /// <summary>A fulfilment without lines does not continue.</summary>
    private void Forget(Fulfilment fulfilment)
    {
        if (!fulfilment.Cancelled)
        {
            return;
        }

        Withdraw(fulfilment.Number, "fulfilment.allocated", "fulfilment.short", "fulfilment.picked", "fulfilment.packed");
        foreach (var shipment in fulfilment.Shipments)
        {
            Withdraw(shipment.Number, "shipment.ready", "shipment.shipped");
        }
    }
}
