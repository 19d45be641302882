using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Publishing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Cases;

/// <summary>
/// The case of published milestones whose address has no subscriber. Commands that no connector takes have cases of
/// their own.
/// </summary>
internal static class UnroutablePublicationCase
{
    public static string KeyOf(string connector, string address) => $"unroutable:{connector}:{address}";

    /// <summary>Puts what waits for the address back into the queue, in the caller's transaction.</summary>
    /// <returns>How many.</returns>
    public static Task<int> PutBackAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        var (connector, address) = (about.Connector!, about.CaseKey[KeyOf(about.Connector!, "").Length..]);
        return RowBatches.ChangeAllAsync(() => db.Publications
            .Where(p => p.Connector == connector && p.Address == address && p.State == PublicationState.Unroutable)
            .OrderBy(p => p.Id).Take(RowBatches.Most).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.State, PublicationState.Waiting).SetProperty(p => p.Retried, true), cancellation));
    }
}
