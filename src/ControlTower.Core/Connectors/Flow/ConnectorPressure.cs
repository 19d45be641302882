using System.Text.Json.Serialization;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors.Flow;

/// <summary>
/// The load on one connector: what waits, and what lets it through. Over all nodes; instants are system time.
/// </summary>
/// <param name="Waiting">Commands that wait to be sent.</param>
/// <param name="OldestWaiting">Since when the oldest of them waits.</param>
/// <param name="LookingUp">Commands with an unknown outcome that the tower looks up by itself.</param>
/// <param name="OutcomeUnknown">Commands with an unknown outcome that wait for a person.</param>
/// <param name="Breaker">The worst of all nodes.</param>
/// <param name="BreakerSince">Since when it is so.</param>
/// <param name="RateAllowed">Sends a second that all nodes together may make now; null for unlimited.</param>
/// <param name="RateUsed">Sends in flight.</param>
/// <param name="Running">Sends under way.</param>
/// <param name="WaitUntil">Nothing is sent before, on any node; null when some node may send.</param>
/// <param name="Nodes">Nodes that send to it.</param>
public sealed record ConnectorPressure(
    string Connector,
    int Waiting,
    DateTimeOffset? OldestWaiting,
    [property: JsonPropertyName("looking")] int LookingUp,
    [property: JsonPropertyName("parked")] int OutcomeUnknown,
    BreakerState Breaker,
    DateTimeOffset? BreakerSince,
    double? RateAllowed,
    double RateUsed,
    int Running,
    DateTimeOffset? WaitUntil,
    WaitReason Why,
    int Nodes)
{
    public static ConnectorPressure None(string connector) =>
        new(connector, 0, null, 0, 0, BreakerState.Closed, null, null, 0, 0, null, WaitReason.Nothing, 0);
}
