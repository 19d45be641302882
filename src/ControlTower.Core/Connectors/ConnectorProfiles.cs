using System.Text.Json;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors;

/// <summary>From a connector's row to what routing needs of it.</summary>
internal static class ConnectorProfiles
{
    /// <param name="kind">Null when no integration of its kind is installed.</param>
    public static ConnectorProfile From(ConnectorRecord record, IConnectorKind? kind) =>
        new(record.Name, record.Kind, record.Role, List(record.Sites), List(record.LegalEntities), List(record.Reports), record.Paused)
        {
            Takes = TakesOf(record.Takes is { } takes ? List(takes) : null, kind),
        };

    /// <summary>A kind to which nothing can be sent takes nothing.</summary>
    public static IReadOnlyList<string>? TakesOf(IReadOnlyList<string>? declared, IConnectorKind? kind) =>
        kind?.Describe().Sends == false ? [] : declared;

    private static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
