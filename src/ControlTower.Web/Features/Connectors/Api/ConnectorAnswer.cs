using System.Text.Json;
using System.Text.Json.Serialization;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Web.Features.Connectors;

/// <summary>A connector as the API shows it: everything but its secrets. Instants are system time.</summary>
/// <param name="Waiting">Commands that wait to be sent.</param>
/// <param name="Position">From where it is polled next; null: from the beginning.</param>
/// <param name="Credentials">The names of the existing ones.</param>
public sealed record ConnectorAnswer(
    string Name,
    string Kind,
    string Role,
    string BaseUrl,
    IReadOnlyList<string> Sites,
    IReadOnlyList<string> LegalEntities,
    IReadOnlyList<string> Reports,
    bool Poll,
    int PollSeconds,
    ConnectorRate Rate,
    int? InboundPerSecond,
    ConnectorHealth Health,
    bool Paused,
    string? PausedReason,
    int Waiting,
    DateTimeOffset? LastInboundAt,
    DateTimeOffset? LastOutboundAt,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    DateTimeOffset? NextPollAt,
    DateTimeOffset? PreviousInboundUntil,
    string? Position,
    JsonElement Settings,
    IReadOnlyList<string> Credentials)
{
    /// <summary>Of one that should report and never did; else null.</summary>
    internal DateTimeOffset? RegisteredAt { get; init; }

    internal bool IsSilent(DateTimeOffset systemNow) =>
        SystemState.IsSilent(LastInboundAt ?? RegisteredAt ?? LastOutboundAt, Poll ? PollSeconds : null, systemNow);

    /// <summary>The command kinds that go to it, as far as its scope reaches.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>Commands that no connector takes; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UnservedCommand>? Unserved { get; init; }

    /// <summary>What waits for it and what lets it through; null when nothing is known of it yet.</summary>
    public ConnectorPressure? Pressure { get; init; }

    public static ConnectorAnswer From(ConnectorRecord c, int waiting, IReadOnlyList<string> credentials) => new(
        c.Name, c.Kind, c.Role, c.BaseUrl, List(c.Sites), List(c.LegalEntities), List(c.Reports), c.Poll, c.PollSeconds,
        new ConnectorRate(c.RatePerSecond, c.Concurrency), c.InboundPerSecond, c.Health, c.Paused, c.PausedReason, waiting,
        c.LastInboundAt, c.LastOutboundAt, c.LastError, c.LastErrorAt, c.NextPollAt, c.PreviousInboundUntil,
        c.Cursor, JsonElement.Parse(c.Settings), credentials);

    private static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
