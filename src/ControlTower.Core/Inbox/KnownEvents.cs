using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>Knows every event that was ever accepted, also after it left the inbox.</summary>
public sealed class KnownEvents(ITowerDb database)
{
    /// <summary>Content hash of the connector's event of this key; null when it never came.</summary>
    public async Task<byte[]?> FindContentHashAsync(string connector, byte[] dedupeKey, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Inbox.Where(m => m.Connector == connector && m.DedupeKey == dedupeKey).Select(m => m.ContentHash)
            .SingleOrDefaultAsync(cancellation)
            ?? await db.SeenEvents.Where(e => e.Connector == connector && e.DedupeKey == dedupeKey).Select(e => e.ContentHash)
                .SingleOrDefaultAsync(cancellation);
    }
}
