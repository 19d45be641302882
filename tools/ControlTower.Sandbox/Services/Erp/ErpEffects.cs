using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Erp;

/// <summary>A goods issue in the ERP's stock book.</summary>
internal sealed record GoodsIssue : Effect
{
    public required string Document { get; init; }
    public required string Shipment { get; init; }
    public string? Site { get; init; }
    public IReadOnlyList<CommandLine>? Lines { get; init; }
}

/// <summary>An invoice in the ERP's journal.</summary>
internal sealed record Posting : Effect
{
    public required string Document { get; init; }
    public required string Invoice { get; init; }
    public required string Currency { get; init; }
    public required decimal Net { get; init; }
    public required decimal Tax { get; init; }
    public required decimal Total { get; init; }
    public required string PostingDate { get; init; }
}

/// <summary>The stage that the tower last reported to the ERP.</summary>
internal sealed record StatusUpdate : Effect
{
    public required string Stage { get; init; }
    public string? At { get; init; }
}
