using System.Text.Json.Serialization;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Transactions;

/// <summary>A transaction in a list. Amounts in <paramref name="Currency"/>, net.</summary>
/// <param name="Stage">The least advanced document's.</param>
/// <param name="Late">Past the promise: delivered after it, or not delivered when it passed.</param>
/// <param name="AtRisk">Not late yet, but estimated to arrive after the promise.</param>
/// <param name="UpdatedAt">System time of the last change.</param>
/// <param name="Held">Net amount held by billing holds.</param>
public sealed record TransactionRow(
    string Key,
    TransactionStage Stage,
    TransactionHealth Health,
    IReadOnlyList<string> Sites,
    string? Region,
    string? Customer,
    string Currency,
    decimal Amount,
    decimal Invoiced,
    decimal Posted,
    bool Late,
    DateTimeOffset UpdatedAt,
    string OrderNumber,
    decimal Held,
    string? Carrier,
    DateTimeOffset? OrderedAt,
    DateTimeOffset? RequestedDelivery,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    bool AtRisk,
    [property: JsonIgnore] long Id)
{
    /// <summary>
    /// Who owns its holds: teams, and the ERP's name for holds that only the ERP lifts. In the list of held transactions
    /// (<c>held=true</c>) and of a single one; empty elsewhere.
    /// </summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];
}

/// <summary>A page of rows with the places before and after it; null where the list ends.</summary>
public sealed record TransactionPage(IReadOnlyList<TransactionRow> Rows, string? Previous, string? Next);
