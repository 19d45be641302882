using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services.Wms;

/// <summary>A fulfilment order that the warehouse accepted.</summary>
internal sealed record Release : Effect
{
    public required string Fulfilment { get; init; }
    public required string Site { get; init; }
    public required IReadOnlyList<GoodsLine> Lines { get; init; }
}

/// <summary>A fulfilment order, or lines of it, that the tower cancelled.</summary>
internal sealed record Cancellation : Effect
{
    public required string Fulfilment { get; init; }

    /// <summary>Null for the whole fulfilment.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    public string? Reason { get; init; }

    /// <summary>It came too late: goods had left.</summary>
    public required bool Rejected { get; init; }
}

internal sealed record GoodsLine(string Line, string? Item, decimal Quantity);
