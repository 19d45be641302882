using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;

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
public sealed record StageFlow(TransactionStage Stage, int Count, int NeedsAttention, IReadOnlyList<Sum> Owed);

/// <summary>An amount of one currency.</summary>
public sealed record Sum(string Currency, decimal Amount);

/// <param name="Open">Open cases of the viewer's teams.</param>
/// <param name="Overdue">Those of them past their time.</param>
/// <param name="AtRisk">Money the open cases put at risk.</param>
/// <param name="HeldCount">Transactions that a hold stops or that have money held, failed ones included.</param>
/// <param name="Held">The held money.</param>
/// <param name="Approvals">Releases that wait for somebody's decision.</param>
/// <param name="Waived">Cases of the viewer's teams that were waived while their cause continues.</param>
/// <param name="WaivedAmounts">Money that they keep at risk.</param>
/// <param name="First">The most pressing cases, most pressing first.</param>
public sealed record TowerNeeds(
    int Open,
    int Overdue,
    IReadOnlyList<Sum> AtRisk,
    int HeldCount,
    IReadOnlyList<Sum> Held,
    int Approvals,
    IReadOnlyList<Sum> ApprovalAmounts,
    int Waived,
    IReadOnlyList<Sum> WaivedAmounts,
    IReadOnlyList<UrgentCase> First);

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
    int Waiting);

/// <summary>Today's figures and what they were before.</summary>
/// <param name="OrderToShip">Median from the order to its ship confirmation.</param>
/// <param name="LateShare">Deliveries after their promise, 0 to 1.</param>
/// <param name="Promises">Open orders that miss their promise.</param>
/// <param name="InvoicedToday">Amounts of invoices that billing accepted since the business day began (UTC).</param>
public sealed record TowerKpis(
    Trend<TimeSpan> OrderToShip,
    Trend<decimal> LateShare,
    OpenPromises Promises,
    IReadOnlyList<Sum> Owed,
    IReadOnlyList<Sum> Invoiced,
    IReadOnlyList<Sum> Posted,
    IReadOnlyList<Sum> InvoicedToday,
    IReadOnlyList<Sum> PostedToday);

/// <param name="Late">Past the promise.</param>
/// <param name="AtRisk">Not yet, but estimated to arrive after it.</param>
public sealed record OpenPromises(int Late, int AtRisk);

/// <summary>A figure over the latest cohort and over the one before it; null where there is none yet.</summary>
/// <param name="Cohort">How many the latest figure is made of.</param>
public sealed record Trend<T>(T? Now, T? Before, int Cohort)
    where T : struct;
