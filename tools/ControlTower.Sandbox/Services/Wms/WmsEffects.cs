using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services.Wms;

/// <summary>A fulfilment order that the warehouse took on.</summary>
internal sealed record Release : Effect
{
    public required string Fulfilment { get; init; }
    public required string Site { get; init; }
    public required IReadOnlyList<GoodsLine> Lines { get; init; }
}

/// <summary>A fulfilment order, or lines of it, that the warehouse was told not to ship.</summary>
internal sealed record Cancellation : Effect
{
    public required string Fulfilment { get; init; }

    /// <summary>Null when the whole fulfilment is meant.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    public string? Reason { get; init; }

    /// <summary>It came too late: goods had left.</summary>
    public required bool Rejected { get; init; }
}

internal sealed record GoodsLine(string Line, string? Item, decimal Quantity);
