using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>All that the page of one connector shows. Instants are system time.</summary>
/// <param name="Kind">Null when its kind is not installed.</param>
/// <param name="Lately">Facts that came in the last five minutes, of the tower's last 20,000.</param>
/// <param name="Unprocessed">Its facts that no worker has taken yet.</param>
/// <param name="OldestUnprocessed">Since when the oldest of them waits: the lag.</param>
/// <param name="Exceptions">Unresolved exceptions of it that this person sees.</param>
/// <param name="Waiting">Codes that nobody mapped.</param>
/// <param name="Codes">What its translator looks up.</param>
public sealed record ConnectorDetail(
    ConnectorAnswer Connector,
    ConnectorKindInfo? Kind,
    ConnectorPressure Pressure,
    int Lately,
    int Unprocessed,
    DateTimeOffset? OldestUnprocessed,
    int Exceptions,
    IReadOnlyList<WaitingCode> Waiting,
    IReadOnlyList<CodeEntry> Codes)
{
    /// <summary>Commands of its role that no connector takes.</summary>
    public IReadOnlyList<UnservedCommand> Unserved =>
        [.. (Connector.Unserved ?? []).Where(command => CommandKinds.RoleOf(command.Kind) == Connector.Role)];

    /// <summary>Milestones that wait to be published; null for a connector that publishes none.</summary>
    public int? ToPublish { get; init; }
}
