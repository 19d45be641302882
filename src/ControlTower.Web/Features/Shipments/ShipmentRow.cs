using System.Text.Json.Serialization;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Shipments;

/// <summary>An order in a list of shipments.</summary>
/// <param name="Sites">Sites of its lines.</param>
/// <param name="Region">Where it goes.</param>
/// <param name="Late">Past the promise: delivered after it, or not delivered when it passed.</param>
/// <param name="AtRisk">Not late yet, but estimated to arrive after the promise.</param>
/// <param name="RequestedDelivery">The promise.</param>
/// <param name="UpdatedAt">System time of the last change.</param>
public sealed record ShipmentRow(
    string Key,
    string OrderNumber,
    string? Customer,
    string? Carrier,
    IReadOnlyList<string> Sites,
    string? Region,
    TransactionStage Stage,
    TransactionHealth Health,
    bool Late,
    bool AtRisk,
    DateTimeOffset? RequestedDelivery,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore] long Id)
{
    /// <summary>The one that the list is about first; empty while none is built.</summary>
    public IReadOnlyList<ShipmentItem> Shipments { get; init; } = [];
}

/// <summary>A shipment of an order. Instants are business time.</summary>
/// <param name="System">The warehouse's connector.</param>
/// <param name="EstimatedDelivery">The carrier's latest estimate; never progress.</param>
/// <param name="LastReportAt">Of the transport.</param>
public sealed record ShipmentItem(
    string Number,
    string System,
    string? Site,
    string? Carrier,
    IReadOnlyList<string> Trackings,
    ShipmentState State,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? EstimatedDelivery,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ProofAt,
    DateTimeOffset? LastReportAt)
{
    /// <summary>When it was delivered or, where only the proof of delivery shows it, the time of the proof.</summary>
    [JsonIgnore]
    public DateTimeOffset? ArrivedAt => DeliveredAt ?? ProofAt;
}

/// <summary>A page of rows with the places before and after it; null where the list ends.</summary>
public sealed record ShipmentPage(IReadOnlyList<ShipmentRow> Rows, string? Previous, string? Next);
