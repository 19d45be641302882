using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>
/// What a poll or a response brought that is no event at all. It has no key under which the inbox could keep it, and
/// refusing the page would stop the source for ever: it becomes a case that keeps the bytes.
/// </summary>
public sealed class UnreadableEvents(TowerClocks clocks, CaseOpener cases)
{
    /// <summary>Opens the cases in the caller's open transaction, after its events; the same bytes again open nothing.</summary>
    /// <param name="broken">Each body with its connector and what is wrong with it.</param>
    public async Task OpenAsync(
        TowerDbContext db, IReadOnlyCollection<(string Connector, byte[] Body, string Error)> broken, CancellationToken cancellation)
    {
        if (broken.Count == 0)
        {
            return;
        }

        var byKey = broken.DistinctBy(KeyOf).ToDictionary(KeyOf, StringComparer.Ordinal);
        var keys = byKey.Keys.ToArray();
        var known = await db.Cases.Where(c => keys.Contains(c.CaseKey)).Select(c => c.CaseKey).ToListAsync(cancellation);
        await cases.OpenAsync(db, [.. byKey.ExceptBy(known, pair => pair.Key).Select(pair => Case(pair.Key, pair.Value))], cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private static string KeyOf((string Connector, byte[] Body, string Error) broken) =>
        $"unreadable:{broken.Connector}:{Digest.Hex(broken.Body)}";

    private ExceptionCase Case(string key, (string Connector, byte[] Body, string Error) broken)
    {
        var about = clocks.CreateCase(key, CaseOrigin.Message, ReasonCodes.SchemaInvalid,
            $"{broken.Connector} sent something that is no CloudEvents event: {broken.Error}");
        (about.Connector, about.Payload) = (broken.Connector, broken.Body);
        return about;
    }
}
