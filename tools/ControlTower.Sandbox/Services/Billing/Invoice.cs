using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services.Billing;

/// <summary>An invoice of the billing engine. No tax is charged.</summary>
internal sealed record Invoice : Effect
{
    public required string Number { get; init; }
    public required string Shipment { get; init; }
    public required string Currency { get; init; }

    /// <summary>The sum of its lines.</summary>
    public required decimal Net { get; init; }

    public required IReadOnlyList<CommandLine> Lines { get; init; }
}
