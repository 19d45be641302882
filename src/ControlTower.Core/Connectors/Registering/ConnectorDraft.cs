namespace ControlTower.Core.Connectors.Registering;

/// <summary>
/// The content of a registration, read and checked field by field. Secrets are null where a change leaves them as they
/// are.
/// </summary>
internal sealed record ConnectorDraft
{
    public required string Kind { get; init; }

    public required string Role { get; init; }

    public required string BaseUrl { get; init; }

    public IReadOnlyList<string> Sites { get; init; } = [];

    public IReadOnlyList<string> LegalEntities { get; init; } = [];

    public required IReadOnlyList<string> Reports { get; init; }

    /// <summary>Null for every command kind of the role.</summary>
    public IReadOnlyList<string>? Takes { get; init; }

    public byte[]? InboundKey { get; init; }

    public byte[]? OutboundKey { get; init; }

    /// <summary>JSON object.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>What is not named stays as it is; null removes.</summary>
    public IReadOnlyDictionary<string, string?> Credentials { get; init; } = new Dictionary<string, string?>();

    public bool Poll { get; init; }

    public int PollSeconds { get; init; } = 15;

    public int? RatePerSecond { get; init; }

    public int? Concurrency { get; init; }

    public int? InboundPerSecond { get; init; }
}
