using ControlTower.Core.Policies;

namespace ControlTower.Core.Persistence.Policies;

/// <summary>The policies in force: read from the database, at most a second old.</summary>
public interface IPolicyStore
{
    /// <summary>The last ones read; the defaults with version 0 before the first reading.</summary>
    PolicySet Current { get; }

    /// <summary>The policies, read again when they are older than a second.</summary>
    ValueTask<PolicySet> GetAsync(CancellationToken cancellation = default);

    /// <summary>Reads them now, so that a change of this process takes effect at once.</summary>
    Task RefreshAsync(CancellationToken cancellation = default);
}
