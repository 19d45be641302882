using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping;

/// <summary>Deletes payloads whose retention time is over. Deduplication keys, events and outcomes stay.</summary>
public sealed class PayloadPurge(ITowerDb database, TowerClocks clocks, HousekeepingOptions options)
{
    /// <summary>Batches for less than a minute; what is left goes in the next run.</summary>
    public Task<int> PurgeAllAsync(CancellationToken cancellation = default) =>
        BoundedRun.RepeatAsync([PurgeAsync], BoundedRun.Longest, clocks.System, cancellation);

    /// <summary>One batch of each kind.</summary>
    /// <returns>How many payloads went.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var gone = 0;
        for (var type = await NextType(db, "").FirstOrDefaultAsync(cancellation); type is not null; type = await NextType(
            db, type).FirstOrDefaultAsync(cancellation))
        {
            var before = Before(type, options.PayloadDays);
            var ids = await db.ArchivedMessages.Where(m => m.Type == type && m.AcceptedAt < before)
                .OrderBy(m => m.AcceptedAt)
                .Select(m => m.Id)
                .Take(options.BatchSize).ToArrayAsync(cancellation);
            gone += ids.Length == 0 ? 0 : await db.ArchivedMessages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellation);
        }

        for (var kind = await NextKind(db, "").FirstOrDefaultAsync(cancellation); kind is not null; kind = await NextKind(
            db, kind).FirstOrDefaultAsync(cancellation))
        {
            var before = Before(kind, options.CommandPayloadDays);
            var ids = await db.ArchivedCommands.Where(c => c.Kind == kind && c.CreatedAt < before && c.Body != null)
                .OrderBy(c => c.CreatedAt).Select(c => c.Id)
                .Take(options.BatchSize).ToArrayAsync(cancellation);
            gone += ids.Length == 0
                ? 0
                : await db.ArchivedCommands.Where(c => ids.Contains(c.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.Body, (byte[]?)null), cancellation);
        }

        return gone;
    }

#pragma warning disable CA1309 // Translated to SQL, where the columns compare by their bytes.
    // From kind to kind along the index: a dozen seeks, where DISTINCT would read it all.
    internal static IQueryable<string> NextType(TowerDbContext db, string after) =>
        db.ArchivedMessages.Where(m => string.Compare(m.Type, after) > 0).OrderBy(m => m.Type).Select(m => m.Type).Take(1);

    internal static IQueryable<string> NextKind(TowerDbContext db, string after) =>
        db.ArchivedCommands.Where(c => c.Body != null && string.Compare(c.Kind, after) > 0)
            .OrderBy(c => c.Kind)
            .Select(c => c.Kind)
            .Take(1);
#pragma warning restore CA1309

    private DateTimeOffset Before(string kind, int days) => clocks.SystemNow.AddDays(-options.PayloadDaysOf.GetValueOrDefault(kind, days));
}
