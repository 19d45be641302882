using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>
/// Events whose key is known with other content: the first stays, each other content becomes a case that keeps it.
/// </summary>
public sealed class ConflictCases(TowerClocks clocks, CaseOpener cases)
{
    /// <summary>Opens the cases together, in the caller's transaction.</summary>
    /// <returns>Keys of the cases that were opened; a repetition of known content opens nothing.</returns>
    internal async Task<HashSet<string>> OpenAsync(
        TowerDbContext db, IReadOnlyCollection<(string Connector, IncomingEvent Event)> conflicts, CancellationToken cancellation)
    {
        var byKey = conflicts.DistinctBy(KeyOf).ToDictionary(KeyOf, StringComparer.Ordinal);
        var keys = byKey.Keys.ToArray();
        var known = await db.Cases.Where(c => keys.Contains(c.CaseKey)).Select(c => c.CaseKey).ToListAsync(cancellation);
        known.ForEach(key => byKey.Remove(key));
        var pending = new List<ExceptionCase>(byKey.Count);
        foreach (var (key, (connector, incoming)) in byKey)
        {
            pending.Add(Case(key, connector, incoming, await Archive.FindEventAsync(db, connector, incoming.DedupeKey, cancellation)));
        }

        var opened = await cases.OpenAsync(db, pending, cancellation);
        await db.SaveChangesAsync(cancellation);
        return opened.Select(c => c.CaseKey).ToHashSet(StringComparer.Ordinal);
    }

    internal static string KeyOf((string Connector, IncomingEvent Event) conflict)
    {
        var (connector, incoming) = conflict;
        var content = Convert.ToHexStringLower(incoming.ContentHash.AsSpan(0, 8));
        return $"conflict:{connector}:{Convert.ToHexStringLower(incoming.DedupeKey)}:{content}";
    }

    private ExceptionCase Case(string key, string connector, IncomingEvent incoming, long? first)
    {
        var about = clocks.CreateCase(key, CaseOrigin.Message, ReasonCodes.ContentConflict,
            $"Event {incoming.Id} of {connector} came a second time with other content; the first stands.");
        (about.MessageId, about.Connector, about.Payload) = (first, connector, incoming.Payload);
        return about;
    }
}
