using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Web.Features.Connectors;

/// <summary>How one system is doing. Instants are system time.</summary>
/// <param name="Waiting">Commands that wait to be sent.</param>
/// <param name="OldestWaiting">Since when the oldest of them waits.</param>
/// <param name="WithUnknownOutcome">Commands whose outcome a person has to find out.</param>
/// <param name="Unprocessed">Its facts that no worker has taken yet.</param>
/// <param name="Exceptions">Unresolved exceptions of it that this person sees.</param>
public sealed record ConnectorStatus(
    string Name,
    string Role,
    bool Poll,
    int PollSeconds,
    ConnectorHealth Health,
    bool Paused,
    string? PausedReason,
    DateTimeOffset? LastInboundAt,
    DateTimeOffset? LastOutboundAt,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    int Waiting,
    DateTimeOffset? OldestWaiting,
    int WithUnknownOutcome,
    int Unprocessed,
    int Exceptions)
{
    /// <summary>Its connection is kept open by the tower: a broker.</summary>
    public bool Streams { get; init; }

    /// <summary>Of one that should report and never did; else null.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    public bool IsSilent(DateTimeOffset systemNow) =>
        SystemState.IsSilent(LastInboundAt ?? RegisteredAt ?? LastOutboundAt, Poll ? PollSeconds : null, systemNow);
}
