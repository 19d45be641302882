using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Processes.SalesOrders.Projection;

namespace ControlTower.Core.Tests.Stories;

/// <summary>
/// The scenario of one order, SO-1, fact by fact. <see cref="Accept"/> accepts a command as the dispatcher would: with
/// the content that was requested.
/// </summary>
internal sealed class Story
{
    public const string Key = "erp:SO-1";

    private readonly Dictionary<string, int> _numbers = [];

    public Story(SystemTopology? landscape = null, PolicySet? policies = null)
    {
        Landscape = landscape ?? Landscapes.Whole;
        Policies = policies ?? Landscapes.Policies;
        Say = new StoryFacts(Landscape);
    }

    public SystemTopology Landscape { get; }

    public PolicySet Policies { get; }

    public StoryFacts Say { get; }

    public List<Fact> Facts { get; } = [];

    public double Hour { get; private set; }

    public TransactionState State => Merge(Facts);

    public OrderView View => OrderProjection.Project(State, Landscape);

    public static TransactionState Merge(IEnumerable<Fact> facts)
    {
        var state = TransactionState.Empty;
        foreach (var fact in facts)
        {
            state.Merge(fact);
        }

        return state;
    }

    public Decision Decide(double? hour = null) =>
        Decider.Decide(State, new DecisionContext(Policies, Landscape, StoryFacts.Hour(hour ?? Hour)));

    public Story At(double hour)
    {
        Hour = hour;
        return this;
    }

    public Story Tell(string connector, string milestone, string subject, object data)
    {
        Facts.Add(Say.Next(connector, milestone, subject, Hour, data));
        return this;
    }

    public static object Line(string line, decimal quantity, decimal amount, string site = "WH1") =>
        new { line, item = $"I-{line}", quantity, unit = "EA", unitPrice = 1.5m, amount, site };

    public Story Order(object[] lines, decimal total = 100, bool podRequired = false, int version = 1, string? incoterms = null,
        string? segment = null,
        string currency = "USD", string milestone = "order.accepted", string? promise = "2026-05-10T12:00:00Z") =>
            Tell("erp", milestone, "SO-1", new
        {
            references = new { order = "SO-1" },
            order = new
            {
                number = "SO-1",
                version,
                legalEntity = "1000",
                customer = new { id = "C-1", name = "Customer", segment },
                region = "South America",
                currency,
                requestedDelivery = promise,
                incoterms,
                podRequired,
                lines,
                total,
            },
        });

    public Story OneLine(decimal quantity = 20, decimal amount = 100, bool podRequired = false) =>
        Order([Line("1", quantity, amount)], amount, podRequired);

    public Story Step(string milestone, string fulfilment, decimal quantity, string line = "1", string site = "WH1") =>
        Tell("wms", milestone, fulfilment,
            new { references = new { order = "SO-1", fulfilment }, site, lines = new[] { new { line, quantity } } });

    public Story Ready(string shipment, decimal quantity, string fulfilment = "FO-1", string[]? parcels = null, string line = "1") =>
        Tell("wms", "shipment.ready", shipment, new
        {
            references = new { order = "SO-1", fulfilment, shipment },
            site = "WH1",
            carrier = "fast",
            lines = new[] { new { line, quantity, order = "SO-1" } },
            parcels = parcels?.Select(parcel => new { parcel }),
        });

    public Story Shipped(string shipment, decimal quantity, string fulfilment = "FO-1", string? tracking = null, string line = "1") =>
        Tell("wms", "shipment.shipped", shipment, new
        {
            references = new { order = "SO-1", fulfilment, shipment },
            site = "WH1",
            lines = new[] { new { line, quantity } },
            tracking,
        });

    public Story Road(string milestone, string tracking, object? extra = null)
    {
        var data = new JsonObject { ["references"] = new JsonObject { ["tracking"] = tracking }, ["tracking"] = tracking };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(extra ?? new { })!.AsObject().ToList())
        {
            data[name] = value?.DeepClone();
        }

        return Tell("fast", milestone, tracking, data);
    }

    public Story GoodsIssued(string shipment, decimal? quantity = null) => Tell("erp", "goods-issue.posted", $"GI-{shipment}", new
    {
        references = new { order = "SO-1", shipment },
        document = $"GI-{shipment}",
        postingDate = "2026-05-02",
        lines = quantity is null ? null : new[] { new { line = "1", quantity } },
    });

    public Story Invoiced(string number, string shipment, decimal net, decimal quantity) => Tell("billing", "invoice.issued", number, new
    {
        references = new { order = "SO-1", shipment },
        invoice = new { number, currency = "USD", lines = new[] { new { line = "1", quantity, amount = net } }, net, tax = 0, total = net },
    });

    public Story Posted(string document, string invoice, decimal net) => Tell("erp", "posting.posted", document, new
    {
        references = new { order = "SO-1", invoice },
        posting = new { document, companyCode = "1000", net, tax = 0, total = net, currency = "USD" },
    });

    public Story InvoiceCancelled(string number) => Tell("billing", "invoice.cancelled", number, new { });

    public Story Reversed(string document) => Tell("erp", "posting.reversed", document, new { });

    /// <summary>The wanted command of that kind (and part) is sent and accepted.</summary>
    public Story Accept(string kind, string? slice = null, string? externalId = null, string? tracking = null)
    {
        var identity = Identify(Wanted(kind, slice), rises: true);
        var references = tracking is null ? null : new Dictionary<string, string> { ["tracking"] = tracking };
        Facts.Add(Say.Map("tower", InternalEvents.CommandAccepted(identity, externalId, references, StoryFacts.Hour(Hour))));
        return this;
    }

    public Story Reject(string kind, string? slice, string? code, string? reason)
    {
        Facts.Add(Say.Map(
            "tower", InternalEvents.CommandRejected(Identify(Wanted(kind, slice), rises: true), code, reason, StoryFacts.Hour(Hour))));
        return this;
    }

    public Story UnknownOutcome(string kind, string? slice = null)
    {
        Facts.Add(Say.Map(
            "tower", InternalEvents.CommandUnknown(Identify(Wanted(kind, slice), rises: true), 1, "timed out", StoryFacts.Hour(Hour))));
        return this;
    }

    /// <summary>A person replays the command that a condition names.</summary>
    public Story Replay(string commandKey)
    {
        var identity = new CommandIdentity(Key, commandKey, "", "", null, 0, "", "billing", default);
        Facts.Add(Say.Map("people", InternalEvents.CommandReplayed(identity, 1, StoryFacts.Hour(Hour), "supervisor.west")));
        return this;
    }

    public Story Approve(ActiveHold hold)
    {
        var approval = new ApprovalSnapshot(
            1, "invoice-release", hold.Document, hold.Part, hold.ContentHash!, hold.Amount, hold.Currency, "finance.1");
        Facts.Add(Say.Map("people", InternalEvents.ApprovalGranted(Key, approval, StoryFacts.Hour(Hour))));
        return this;
    }

    public WantedCommand Wanted(string kind, string? slice = null) =>
        Decide().Commands.Single(command => command.Kind == kind && (slice is null || command.Part == slice));

    private CommandIdentity Identify(WantedCommand wanted, bool rises)
    {
        var number = _numbers.GetValueOrDefault(wanted.Series) + (rises ? 1 : 0);
        _numbers[wanted.Series] = number;
        return new CommandIdentity(
            Key, CommandKeys.Key(wanted.Series, number), wanted.Kind, wanted.Document, wanted.Part, number, wanted.ContentHash,
            Landscape.Route(wanted.Kind, wanted.Site, wanted.LegalEntity, "erp")!.Name,
            Encoding.UTF8.GetBytes($$"""{"data":{{wanted.Data}}}"""));
    }

    /// <summary>The undisturbed scenario of an order of one line up to the ship confirmation.</summary>
    public static Story UntilShipped(decimal quantity = 20, decimal amount = 100, bool podRequired = false, PolicySet? policies = null)
    {
        var story = new Story(policies: policies).At(0).OneLine(quantity, amount, podRequired);
        story.At(1).Accept(CommandKinds.ReleaseFulfilment, "WH1", "FO-1");
        story.At(2).Step("fulfilment.allocated", "FO-1", quantity).At(4).Step("fulfilment.picked", "FO-1", quantity);
        story.At(5).Step("fulfilment.packed", "FO-1", quantity).At(6).Ready("SH-1", quantity);
        story.At(7).Accept(CommandKinds.TenderShipment, "SH-1", "LD-1", "TR-1");
        story.At(8)
            .Tell("tms", "shipment.accepted", "LD-1", new { references = new { shipment = "SH-1" }, carrier = "fast", tracking = "TR-1" });
        return story.At(10).Shipped("SH-1", quantity, tracking: "TR-1");
    }

    /// <summary>The same, up to goods issue, pick-up and delivery.</summary>
    public static Story UntilDelivered(decimal quantity = 20, decimal amount = 100, bool podRequired = false, PolicySet? policies = null)
    {
        var story = UntilShipped(quantity, amount, podRequired, policies);
        story.At(11).Accept(CommandKinds.PostGoodsIssue, "SH-1", "GI-SH-1").GoodsIssued("SH-1", quantity);
        return story.At(12).Road("shipment.picked-up", "TR-1").At(40).Road("shipment.delivered", "TR-1");
    }
}
