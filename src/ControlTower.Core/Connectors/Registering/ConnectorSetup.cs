using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Registers the connectors of a topology file when the tower is set up. Repeating it changes nothing.</summary>
public sealed class ConnectorSetup(ConnectorRegistrar registrar)
{
    /// <param name="connectors">A list of registrations, each with its <c>name</c>.</param>
    /// <returns>One sentence for each error; empty when all are registered.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(JsonElement connectors, CancellationToken cancellation = default)
    {
        if (connectors.ValueKind != JsonValueKind.Array)
        {
            return ["The topology's connectors must be a list."];
        }

        var errors = new List<string>();
        foreach (var connector in connectors.EnumerateArray())
        {
            if (connector.ValueKind != JsonValueKind.Object || !connector.TryGetProperty("name", out var name)
                || name.ValueKind != JsonValueKind.String)
            {
                errors.Add("A connector of the topology has no name.");
                continue;
            }

            var result = await registrar.PutAsync(name.GetString()!, connector, Actor.Tower, cancellation);
            errors.AddRange((result.Errors ?? new Dictionary<string, string[]>())
                .Select(error => $"Connector {name.GetString()}, {error.Key}: {string.Join(" ", error.Value)}"));
        }

        return errors;
    }
}
