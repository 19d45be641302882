namespace ControlTower.Core.Connectors.Registering;

/// <summary>What exists already of the connector that a registration changes.</summary>
/// <param name="Kind">Null for a new one.</param>
/// <param name="HasSecrets">It has the two secrets of the open connector.</param>
/// <param name="Credentials">Names of its credentials.</param>
internal sealed record DraftContext(string? Kind, bool HasSecrets, IReadOnlySet<string> Credentials)
{
    public static DraftContext New { get; } = new(null, false, new HashSet<string>());
}
