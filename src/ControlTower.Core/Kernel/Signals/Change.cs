namespace ControlTower.Core.Kernel.Signals;

/// <summary>What changed in one commit: ids only; readers query the rows again.</summary>
public sealed record Change(IReadOnlyList<long> Transactions, IReadOnlyList<long> Cases, bool Connectors = false, bool Approvals = false);

/// <summary>
/// Notifies pages, after a commit, that something changed. A hint: it may be lost, and polling makes up for it.
/// Publishing never blocks or throws.
/// </summary>
public interface IAnnouncer
{
    void Announce(Change change);
}
