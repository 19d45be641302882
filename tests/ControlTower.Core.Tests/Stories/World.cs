using System.Text;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Tests.Stories;

/// <summary>
/// A small set of systems in memory that executes commands. One number generates a whole scenario of an order, with
/// splits, shortages, holds, changes, cancellations, refusals and replays. It keeps the facts and its own books.
/// </summary>
internal sealed partial class World
{
    private readonly Random _dice;
    private readonly StoryFacts _say = new(Landscapes.Whole);
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, int> _refusals = [];
    private readonly HashSet<string> _posted = [];
    private readonly HashSet<string> _cancelled = [];
    private readonly bool _podRequired;
    private readonly List<(string Line, decimal Quantity, decimal Amount, string Site)> _lines = [];
    private readonly double _promise;
    private double _hour;
    private int _version = 1;

    private World(int seed)
    {
        _dice = new Random(seed);
        _podRequired = Chance(50);
        _promise = _dice.Next(1, 60);
        var count = _dice.Next(1, 4);
        for (var i = 1; i <= count; i++)
        {
            _lines.Add(($"{i}", _dice.Next(1, 12), _dice.Next(1, 30_000) / 100m, Chance(30) ? "WH2" : "WH1"));
        }
    }

    public List<Fact> Facts { get; } = [];

    public TransactionState State { get; } = TransactionState.Empty;

    /// <summary>
    /// Invoices as billing booked them, without those that were cancelled and whose posting was reversed: shipment,
    /// line, quantity, amount.
    /// </summary>
    public List<(string Shipment, string Line, decimal Quantity, decimal Amount, string Invoice)> Billed { get; } = [];

    /// <summary>What the warehouse shipped: shipment, line, quantity.</summary>
    public List<(string Shipment, string Line, decimal Quantity)> Shipped { get; } = [];

    public HashSet<string> PickedUp { get; } = [];

    public HashSet<string> Proved { get; } = [];

    public HashSet<string> GoodsIssued { get; } = [];

    /// <summary>Every command that took effect, by key.</summary>
    public List<string> Effects { get; } = [];

    public bool PodRequired => _podRequired;

    public IReadOnlyList<(string Line, decimal Quantity, decimal Amount, string Site)> Lines => _lines;

    public static World Live(int seed)
    {
        var world = new World(seed);
        world.SayOrder("order.accepted");
        if (world.Chance(10))
        {
            world.Tell("erp", "order.held", "SO-1",
                new { hold = new { id = "H1", code = "CREDIT", stops = world.Pick("release", "shipment", "invoice", "posting") } });
        }

        world.Run();
        return world;
    }

    public Decision Decide(double hour = 0) =>
        Decider.Decide(State, Landscapes.At(hour == 0 ? _hour : hour));

    private void Run()
    {
        for (var round = 0; round < 60; round++)
        {
            _hour++;
            var decision = Decide();
            if (decision.Commands.Count == 0 && !Interfere(decision))
            {
                return;
            }

            if (round is > 0 and < 9 && Chance(7))
            {
                ChangeOrder();
                continue;
            }

            if (decision.Commands.Count > 0)
            {
                Carry(decision.Commands[_dice.Next(decision.Commands.Count)]);
            }
        }
    }

    /// <summary>What people do when nothing happens any more.</summary>
    private bool Interfere(Decision decision)
    {
        if (decision.Conditions.FirstOrDefault(c =>
            c.CommandKey is not null && c.Key.StartsWith("refused:", StringComparison.Ordinal)) is { } refused)
        {
            var identity = new CommandIdentity(Story.Key, refused.CommandKey!, "", "", null, 0, "", "wms", default);
            Take(_say.Map("people", InternalEvents.CommandReplayed(identity, 1, StoryFacts.Hour(_hour), "ann")));
            return true;
        }

        if (decision.Conditions.FirstOrDefault(c => c.Key.Contains(":reversal:", StringComparison.Ordinal)) is { } unreversed && Chance(60))
        {
            Tell("erp", "posting.reversed", unreversed.Document!, new { });
            Billed.RemoveAll(billed => unreversed.Document == $"JE-{billed.Invoice}");
            return true;
        }

        if (Chance(10)
            && Billed.Find(billed => _posted.Contains(billed.Invoice) && _cancelled.Add(billed.Invoice)) is { Invoice: { } cancelled })
        {
            Tell("billing", "invoice.cancelled", cancelled, new { });
            return true;
        }

        if (decision.Holds.Any(hold => hold.Kind == "commercial") && Chance(70))
        {
            Tell("erp", "order.released", "SO-1", new { hold = new { id = "H1" } });
            return true;
        }

        return false;
    }

    private void ChangeOrder()
    {
        if (Chance(40))
        {
            Tell("erp", "order.cancelled", "SO-1",
                Chance(60) ? new { reason = "no more" } : new { reason = "less", lines = new[] { new { line = "1" } } });
            return;
        }

        var (line, quantity, amount, site) = _lines[0];
        var changed = Math.Max(1, quantity + _dice.Next(-3, 4));
        _lines[0] = (line, changed, Money.Round(amount * changed / quantity, "USD"), site);
        _version++;
        SayOrder("order.changed");
    }

    private void Carry(WantedCommand wanted)
    {
        var number = _numbers[wanted.Series] = _numbers.GetValueOrDefault(wanted.Series) + 1;
        var identity = new CommandIdentity(
            Story.Key, CommandKeys.Key(wanted.Series, number), wanted.Kind, wanted.Document, wanted.Part, number, wanted.ContentHash,
            Landscapes.Whole.Route(wanted.Kind, wanted.Site, wanted.LegalEntity, "erp")!.Name,
            Encoding.UTF8.GetBytes($$"""{"data":{{wanted.Data}}}"""));
        if (Chance(8) && _refusals.TryAdd(wanted.Series, 1))
        {
            Take(_say.Map("tower", InternalEvents.CommandRejected(identity, "MASTER_GAP", "not known", StoryFacts.Hour(_hour))));
            return;
        }

        Effects.Add(identity.Key);
        using var body = System.Text.Json.JsonDocument.Parse(wanted.Data);
        Effect(wanted, number, body.RootElement, identity);
    }
}
