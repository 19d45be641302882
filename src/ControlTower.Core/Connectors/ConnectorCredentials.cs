using System.Text.Json;

namespace ControlTower.Core.Connectors;

/// <summary>
/// The opened secrets of a connector that are not the open connector's two: passwords, API keys, client secrets,
/// certificates, signing secrets. After a change the previous one is accepted for one more day, so that both sides need
/// not change at the same moment.
/// </summary>
public sealed class ConnectorCredentials
{
    private readonly Dictionary<string, Secret> _secrets;

    private ConnectorCredentials(Dictionary<string, Secret> secrets) => _secrets = secrets;

    public static ConnectorCredentials Empty { get; } = new([]);

    public IReadOnlySet<string> Names => _secrets.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Credentials that were just entered; for tests and tools.</summary>
    public static ConnectorCredentials For(params (string Name, string Value)[] secrets) =>
        new(secrets.ToDictionary(s => s.Name, s => new Secret(s.Value, null, null), StringComparer.Ordinal));

    /// <summary>The one to present to others, or null.</summary>
    public string? Find(string name) => _secrets.GetValueOrDefault(name)?.Value;

    /// <summary>
    /// Those to verify others by now: the current one and, for a day after a change, the previous one. Empty when there
    /// is none.
    /// </summary>
    public IReadOnlyList<string> Accepted(string name, DateTimeOffset now) => !_secrets.TryGetValue(name, out var secret) ? []
        : secret.Previous is { } previous && secret.Until > now ? [secret.Value, previous]
        : [secret.Value];

    /// <summary>
    /// With the changes applied: a text replaces, null removes, what is not named stays. Null when nothing changes.
    /// </summary>
    internal ConnectorCredentials? With(IReadOnlyDictionary<string, string?> changes, DateTimeOffset previousUntil)
    {
        var secrets = new Dictionary<string, Secret>(_secrets, StringComparer.Ordinal);
        var changed = false;
        foreach (var (name, value) in changes)
        {
            var existing = secrets.GetValueOrDefault(name);
            if (existing?.Value == value)
            {
                continue;
            }

            changed = true;
            if (value is null)
            {
                secrets.Remove(name);
            }
            else
            {
                secrets[name] = new Secret(value, existing?.Value, existing is null ? null : previousUntil);
            }
        }

        return changed ? new ConnectorCredentials(secrets) : null;
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(_secrets);

    internal static ConnectorCredentials FromJson(byte[] json) => new(JsonSerializer.Deserialize<Dictionary<string, Secret>>(json) ?? []);

    private sealed record Secret(string Value, string? Previous, DateTimeOffset? Until);
}
