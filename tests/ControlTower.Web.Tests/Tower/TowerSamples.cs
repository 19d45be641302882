using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Policies;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Tests.Transactions;

namespace ControlTower.Web.Tests.Tower;

/// <summary>Snapshots of the Tower, and the people who look at them.</summary>
internal static class TowerSamples
{
    /// <summary>Nothing needs anybody.</summary>
    public static TowerNeeds Quiet { get; } =
        new([], [], new(0, [], []), PromisedOrders.None, PromisedOrders.None, [], new ApprovalPolicy(), []);

    public static Actor Person(string role, decimal? limit = null, long id = 1) => new(id, role, Actor.Person, [role], [], [], limit);

    public static TowerSnapshot Snapshot(
        TowerNeeds? needs = null, int shipped = 3, int needAttention = 0, params ConnectorStrip[] systems) => new(
        PageHost.Now,
        PageHost.Now,
        [.. Enum.GetValues<TransactionStage>().Select(stage => stage == TransactionStage.Shipped
            ? new StageFlow(stage, shipped, needAttention, [new("USD", 1234.5m)])
                { Hours = [new(PageHost.Now.AddHours(-1), 5), new(PageHost.Now, 2)] }
            : new StageFlow(stage, 0, 0, []))],
        needs ?? Quiet,
        systems.Length > 0 ? systems : [Connector("erp")],
        new(new(null, null, 0), new(null, null, 0), [], [], [], [], []));

    public static ConnectorStrip Connector(
        string name, ConnectorHealth health = ConnectorHealth.Healthy, bool paused = false, TimeSpan? heard = null, int waiting = 0) =>
        new(name, name, health, paused, PageHost.Now - (heard ?? TimeSpan.Zero), null, null, waiting);

    public static UrgentCase Case(long id, decimal? amount = null, double hoursLeft = 2, string team = Teams.Logistics) => new(
        id, "POD_MISSING", team, $"No proof of delivery for SH-{id}, 3 days", $"erp:SO-{id}", amount, amount is null ? null : "USD",
        PageHost.Now.AddHours(hoursLeft), null);

    public static CaseQueue Queue(string? team, int count, int overdue = 0, decimal amount = 0, double hoursLeft = 2) => new(
        team, count, overdue, PageHost.Now.AddHours(hoursLeft), amount == 0 ? [] : [new("USD", amount)]);

    public static ApprovalRequest Request(decimal amount, long requestedBy = 77, string currency = "USD") => new()
    {
        Kind = "invoice-release",
        Document = "SO-1",
        ContentHash = "",
        Amount = amount,
        Currency = currency,
        LegalEntity = "1000",
        Reason = "",
        Evidence = "",
        RequestedById = requestedBy,
        RequestedBy = $"person-{requestedBy}",
        ExpiresAt = PageHost.Now.AddHours(4),
    };
}
