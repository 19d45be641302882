using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Persistence.Connectors;

/// <summary>The current topology: read from the database, at most a second old.</summary>
public interface ISystemTopologyStore
{
    /// <summary>The last one read; empty before the first reading.</summary>
    SystemTopology Current { get; }

    /// <summary>The topology, read again when it is older than a second.</summary>
    ValueTask<SystemTopology> GetAsync(CancellationToken cancellation = default);

    /// <summary>Reads it again now: after a change by this process.</summary>
    Task RefreshAsync(CancellationToken cancellation = default);
}
