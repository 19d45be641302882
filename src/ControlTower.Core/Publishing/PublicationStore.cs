using ControlTower.Core.Cases;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Publishing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Publishing;

/// <summary>What waits to be published, and the result of publishing.</summary>
internal sealed class PublicationStore(ITowerDb database, TowerClocks clocks, CaseOpener opener, CaseCloser closer, IAnnouncer announcer)
{
    /// <summary>The first that wait, in the order in which they were merged.</summary>
    public async Task<List<Publication>> NextAsync(string connector, int limit, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await Waiting(db, connector).OrderBy(p => p.Id).Take(limit).AsNoTracking().ToListAsync(cancellation);
    }

    internal static IQueryable<Publication> Waiting(TowerDbContext db, string connector) =>
        db.Publications.Where(p => p.Connector == connector && p.State == PublicationState.Waiting);

    /// <summary>
    /// In one transaction: confirmed publications are deleted, unroutable ones wait for a person, and their case opens
    /// or returns to work. A crash before the commit publishes them again, under the same ids.
    /// </summary>
    public async Task SettleAsync(
        string connector, IReadOnlyList<Publication> published, IReadOnlyList<PublishOutcome> outcomes, Func<string, string> why,
        CancellationToken cancellation)
    {
        var confirmed = Where(published, outcomes, PublishOutcome.Confirmed);
        var unroutable = Where(published, outcomes, PublishOutcome.Unroutable);
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var gone = confirmed.ConvertAll(p => p.Id);
        var held = unroutable.ConvertAll(p => p.Id);
        if (gone.Count > 0)
        {
            await db.Publications.Where(p => gone.Contains(p.Id)).ExecuteDeleteAsync(cancellation);
        }

        if (held.Count > 0)
        {
            await db.Publications.Where(p => held.Contains(p.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PublicationState.Unroutable), cancellation);
        }

        var changed = await HoldAsync(db, connector, unroutable, why, cancellation);
        changed.AddRange(await EndAsync(
            db, connector, [.. confirmed.Where(p => p.Retried).Select(p => p.Address).Distinct()], cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (changed.Count > 0)
        {
            announcer.Announce(new Change([], [.. changed.Select(c => c.Id)]));
        }
    }

    private static List<Publication> Where(
        IReadOnlyList<Publication> published, IReadOnlyList<PublishOutcome> outcomes, PublishOutcome outcome) =>
        [.. published.Where((_, i) => outcomes[i] == outcome)];

    /// <summary>One case for each address, however many milestones wait for it.</summary>
    private async Task<List<ExceptionCase>> HoldAsync(
        TowerDbContext db, string connector, List<Publication> held, Func<string, string> why, CancellationToken cancellation)
    {
        var addresses = held.Select(p => p.Address).Distinct(StringComparer.Ordinal).ToList();
        var changed = await opener.OpenAsync(db, addresses.ConvertAll(address => Case(connector, address, why(address))), cancellation);
        foreach (var open in (await ReadOpenAsync(db, connector, addresses, cancellation)).Values.Where(c => c.State == CaseState.Waiting))
        {
            open.State = open.Assignee is null ? CaseState.Open : CaseState.Assigned;
            open.UpdatedAt = clocks.SystemNow;
            open.Version++;
            db.CaseNotes.Add(new CaseNote
            {
                CaseId = open.Id, At = clocks.BusinessNow, Actor = Actor.Tower.Name, Act = "reopened", Text = open.Message,
            });
            changed.Add(open);
        }

        return changed;
    }

    private ExceptionCase Case(string connector, string address, string why)
    {
        var about = clocks.CreateCase(
            UnroutablePublicationCase.KeyOf(connector, address), CaseOrigin.Connector, ReasonCodes.PublicationUnroutable, why);
        about.Connector = connector;
        return about;
    }

    /// <summary>The case ends when the last publication that waited for it has been published.</summary>
    private async Task<List<ExceptionCase>> EndAsync(
        TowerDbContext db, string connector, List<string> addresses, CancellationToken cancellation)
    {
        if (addresses.Count == 0)
        {
            return [];
        }

        var left = await db.Publications.Where(p =>
            p.Connector == connector && addresses.Contains(p.Address) && (p.State == PublicationState.Unroutable || p.Retried))
            .Select(p => p.Address).Distinct().ToListAsync(cancellation);
        var ended = (await ReadOpenAsync(db, connector, [.. addresses.Except(left, StringComparer.Ordinal)], cancellation)).Values.ToList();
        ended.ForEach(about => closer.CloseByItself(db, about, "Closed by itself: what waited was published."));
        return ended;
    }

    private static async Task<Dictionary<string, ExceptionCase>> ReadOpenAsync(
        TowerDbContext db, string connector, List<string> addresses, CancellationToken cancellation)
    {
        var keys = addresses.ConvertAll(address => UnroutablePublicationCase.KeyOf(connector, address));
        return keys.Count == 0 ? [] : await db.Cases.AsTracking().Where(c => keys.Contains(c.CaseKey) && c.State < CaseState.Resolved)
            .ToDictionaryAsync(c => c.CaseKey, StringComparer.Ordinal, cancellation);
    }
}
