using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Policies;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.Web.Features.Tower;

/// <summary>What the Tower page shows at one moment, for all who may see the same.</summary>
/// <param name="BusinessNow">Business time of the snapshot: remaining times count from it.</param>
/// <param name="AsOf">System time of the snapshot.</param>
public sealed record TowerSnapshot(
    DateTimeOffset AsOf,
    DateTimeOffset BusinessNow,
    IReadOnlyList<StageFlow> Flow,
    TowerNeeds Needs,
    IReadOnlyList<ConnectorStrip> Connectors,
    TowerKpis Kpis)
{
    public int Transactions => Flow.Sum(stage => stage.Count);
}

/// <summary>A stage with its transactions; the same rows as the list of that stage.</summary>
/// <param name="NeedsAttention">How many of them are not ok.</param>
public sealed record StageFlow(TransactionStage Stage, int Count, int NeedsAttention, IReadOnlyList<Sum> Owed)
{
    /// <summary>How many came to it in each of the last business hours.</summary>
    public IReadOnlyList<HourValue> Hours { get; init; } = [];
}

/// <summary>What needs somebody. Each part is counted by the query of the list that it opens.</summary>
/// <param name="Queues">Open cases, by team; of a viewer without teams those of all teams in one.</param>
/// <param name="First">The most pressing cases, most pressing first.</param>
/// <param name="Held">Transactions that a hold stops or that have money held, failed ones included.</param>
/// <param name="Late">Orders past their promise and not delivered.</param>
/// <param name="AtRisk">Orders that are estimated to miss their promise.</param>
/// <param name="Waiting">Releases that wait for somebody's decision: who may decide is each viewer's own question.</param>
/// <param name="Limits">By what their amounts are compared with a viewer's limit.</param>
/// <param name="Waived">Cases that were waived while their cause continues, by team as <paramref name="Queues"/>.</param>
public sealed record TowerNeeds(
    IReadOnlyList<CaseQueue> Queues,
    IReadOnlyList<UrgentCase> First,
    HeldMoney Held,
    PromisedOrders Late,
    PromisedOrders AtRisk,
    IReadOnlyList<ApprovalRequest> Waiting,
    ApprovalPolicy Limits,
    IReadOnlyList<CaseQueue> Waived);

/// <summary>The cases of one list.</summary>
/// <param name="Team">Null for those of all teams.</param>
/// <param name="Overdue">Those of them past their time.</param>
/// <param name="DueAt">When the first of them is due; null where they have no time.</param>
public sealed record CaseQueue(string? Team, int Count, int Overdue, DateTimeOffset? DueAt, IReadOnlyList<Sum> AtRisk);

/// <param name="Owners">Teams and systems that have to end the holds.</param>
public sealed record HeldMoney(int Orders, IReadOnlyList<Sum> Amounts, IReadOnlyList<string> Owners);

/// <param name="FirstPromise">The earliest promise among them.</param>
public sealed record PromisedOrders(int Orders, IReadOnlyList<Sum> Amounts, DateTimeOffset? FirstPromise)
{
    public static PromisedOrders None { get; } = new(0, [], null);
}

public sealed record UrgentCase(
    long Id,
    string ReasonCode,
    string Team,
    string Message,
    string? Transaction,
    decimal? AmountAtRisk,
    string? Currency,
    DateTimeOffset DueAt,
    string? Assignee);

/// <param name="Waiting">Commands that wait to be sent to it.</param>
public sealed record ConnectorStrip(
    string Name,
    string Role,
    ConnectorHealth Health,
    bool Paused,
    DateTimeOffset? LastReportAt,
    DateTimeOffset? LastSent,
    string? LastError,
    int Waiting)
{
    /// <summary>Why a person paused it.</summary>
    public string? PausedReason { get; init; }

    /// <summary>Null when it pushes its facts.</summary>
    public int? PollSeconds { get; init; }

    /// <summary>Of one that should report and never did; else null.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>
    /// When a fact of it was last seen, or should have been from; of one that reports none, when it last answered.
    /// </summary>
    public DateTimeOffset? HeardAt => LastReportAt ?? RegisteredAt ?? LastSent;
}

/// <summary>Today's figures and what they were before.</summary>
/// <param name="OrderToShip">Median from the order to its ship confirmation.</param>
/// <param name="LateShare">Deliveries after their promise, 0 to 1.</param>
/// <param name="InvoicedToday">Amounts of invoices that billing accepted since the business day began (UTC).</param>
public sealed record TowerKpis(
    Trend<TimeSpan> OrderToShip,
    Trend<decimal> LateShare,
    IReadOnlyList<Sum> Owed,
    IReadOnlyList<Sum> Invoiced,
    IReadOnlyList<Sum> Posted,
    IReadOnlyList<Sum> InvoicedToday,
    IReadOnlyList<Sum> PostedToday);

/// <summary>A figure over the latest cohort and over the one before it; null where there is none yet.</summary>
/// <param name="Cohort">How many the latest figure is made of.</param>
public sealed record Trend<T>(T? Now, T? Before, int Cohort)
    where T : struct;
