using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>The input of Decide besides the state.</summary>
/// <param name="AsOf">
/// Business time up to which clocks may fire; the engine keeps it behind the present, so that every fact had its grace
/// period.
/// </param>
public sealed record DecisionContext(PolicySet Policies, SystemTopology Topology, DateTimeOffset AsOf);

/// <summary>What should be true of one transaction. The engine writes the difference to what exists.</summary>
/// <param name="DecideAgainAt">Earliest business instant after AsOf at which time alone would change a condition; null when none.</param>
public sealed record Decision(
    TransactionSummary Summary,
    IReadOnlyList<WantedCommand> Commands,
    IReadOnlyList<ActiveHold> Holds,
    IReadOnlyList<OpenCondition> Conditions,
    DateTimeOffset? DecideAgainAt)
{
    /// <summary>
    /// Money commands that are not wanted only because their effect is a fact already, while no outcome of theirs is
    /// known. They are never made again; one that was attempted and has an unknown outcome may be sent again under its
    /// key, so that its outcome becomes known.
    /// </summary>
    public IReadOnlyList<WantedCommand> AlreadySatisfied { get; init; } = [];
}

/// <summary>
/// A command that should exist. One of each (<see cref="Kind"/>, <see cref="Document"/>, <see cref="Part"/>) at a
/// time; the engine gives the number <c>n</c>: it keeps an unattempted command of the same content, withdraws one of
/// other content, waits for one in flight.
/// </summary>
/// <param name="Kind">One of <see cref="CommandKinds"/>.</param>
/// <param name="Document">The order's number.</param>
/// <param name="Part">The evidence document's own number (site, shipment, invoice), null where there is one command per document.</param>
/// <param name="Role">Role of the connector that carries it out.</param>
/// <param name="Data">The command event's <c>data</c> as canonical JSON; the same content gives the same text.</param>
/// <param name="ContentHash">SHA-256 of <paramref name="Data"/>, lower-case hex.</param>
public sealed record WantedCommand(
    string Kind,
    string Document,
    string? Part,
    string Role,
    string? Site,
    string LegalEntity,
    CommandMode Mode,
    string Data,
    string ContentHash,
    decimal? Amount,
    string? Currency,
    CommandPriority Priority)
{
    /// <summary>The key without its number: <c>{kind}:{document}:{slice}</c>.</summary>
    public string Series => CommandKeys.Series(Kind, Document, Part);

    /// <summary>
    /// The business instant that makes its sending urgent: the promised delivery, for what has to happen before the
    /// transport. Null when nothing is urgent.
    /// </summary>
    public DateTimeOffset? CutOff { get; init; }
}

/// <summary>An active hold: a commercial one of the ERP, or a billing hold with its evidence.</summary>
/// <param name="Key">Stable within the transaction: <c>commercial:{id}</c> or <c>billing:{shipment}</c>.</param>
/// <param name="Kind">commercial or billing.</param>
/// <param name="Stops">release, shipment, invoice or posting.</param>
/// <param name="ContentHash">
/// For a billing hold, the hash of exactly the invoice that a release would send; approvals are bound to it.
/// </param>
/// <param name="Evidence">What the policy requires and what is there.</param>
public sealed record ActiveHold(
    string Key,
    string Kind,
    string Stops,
    string Code,
    string Reason,
    string Document,
    string? Part,
    decimal? Amount,
    string? Currency,
    string? ContentHash,
    DateTimeOffset Since,
    IReadOnlyList<EvidenceItem> Evidence);

/// <param name="Needed">In the user's words: "Proof of delivery for shipment SH-77".</param>
/// <param name="Present">Whether it is there.</param>
/// <param name="At">When it happened, if it is there.</param>
public sealed record EvidenceItem(
    string Milestone, string Needed, bool Present, DateTimeOffset? At, string? Connector, string? EventId, decimal? Quantity);

/// <summary>A condition that should be open as an exception case; the engine closes the case when Decide no longer names it.</summary>
/// <param name="Key">Stable within the transaction: reason code and the document it concerns.</param>
/// <param name="ReasonCode">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Message">One sentence in the user's words.</param>
/// <param name="CommandKey">The command it is about, if any: its payload is the case's payload and replaying the case replays it.</param>
/// <param name="Since">Business time at which it became true.</param>
public sealed record OpenCondition(
    string Key,
    string ReasonCode,
    string Message,
    string? Document,
    string? Site,
    string? Connector,
    string? CommandKey,
    string? EventId,
    decimal? AmountAtRisk,
    DateTimeOffset Since)
{
    /// <summary>The team that owns the case, where the reason code leaves it to the milestone's owner; null: the
    /// reason code's own team.</summary>
    public string? Team { get; init; }
}

/// <summary>The transaction's row: what lists, filters and reports show.</summary>
public sealed record TransactionSummary
{
    public required TransactionStage Stage { get; init; }

    public required TransactionHealth Health { get; init; }

    public required string LegalEntity { get; init; }

    public string? Region { get; init; }

    public required string CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public string? Segment { get; init; }

    public string? Carrier { get; init; }

    public required string Currency { get; init; }

    /// <summary>What is owed for the order by the ERP's total; cancelled quantities are not subtracted.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Net of issued invoices; of cancelled ones those whose posting is not reversed.</summary>
    public required decimal Invoiced { get; init; }

    /// <summary>Net of postings that are not reversed.</summary>
    public required decimal Posted { get; init; }

    /// <summary>Net amount held by billing holds.</summary>
    public required decimal Held { get; init; }

    /// <summary>Past the promise: delivered after it, or not delivered when it passed.</summary>
    public required bool Late { get; init; }

    /// <summary>Not late yet and not delivered, but estimated to arrive after the promise.</summary>
    public required bool AtRisk { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? RequestedDelivery { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Every number under which the order is known, for search.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];
}
