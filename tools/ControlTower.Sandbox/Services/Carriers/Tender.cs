using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services.Carriers;

/// <summary>A shipment that was tendered and became a load.</summary>
internal sealed record Tender : Effect
{
    public required string Load { get; init; }
    public required string Shipment { get; init; }
    public required string Carrier { get; init; }
    public required string Tracking { get; init; }
    public string? Site { get; init; }
}
