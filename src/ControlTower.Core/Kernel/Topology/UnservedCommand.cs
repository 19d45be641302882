namespace ControlTower.Core.Kernel.Topology;

/// <summary>Commands that no connector takes.</summary>
/// <param name="Kind">The command kind.</param>
/// <param name="LegalEntity">Null for any.</param>
/// <param name="Site">Null for any.</param>
public sealed record UnservedCommand(string Kind, string? LegalEntity, string? Site);
