using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Lists of transactions, read without tracking, within what the actor may see.</summary>
public sealed class TransactionQueries(ITowerDb towers) : ITransactionLists
{
    /// <inheritdoc/>
    public async Task<TransactionPage> ListAsync(
        TransactionFilter filter, Actor actor, RowCursor? cursor, int limit, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var matching = await MatchingAsync(db, filter, actor, cancellation);
        var rows = await RowsAsync(matching.From(cursor, db, filter.Sort).Take(limit + 1), db, cancellation);
        rows = filter.Held ? await WithOwnersAsync(rows, db, cancellation) : rows;
        var (shown, previous, next) = Page.Around(rows, limit, cursor, row => TransactionListing.PlaceOf(row, filter.Sort));
        return new TransactionPage(shown, previous, next);
    }

    /// <summary>How many the list of that filter holds, counted no further than <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(TransactionFilter filter, Actor actor, int most, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var matching = await MatchingAsync(db, filter, actor, cancellation);
        return await matching.Select(t => t.Id).Take(most).CountAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<string?> FindExactAsync(string number, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var ids = await TransactionSearch.ExactAsync(number, db, cancellation);
        var found = db.Transactions.AsNoTracking().Where(t => ids.Contains(t.Id)).VisibleTo(actor, db);
        return ids.Length > 0 && await found.Select(t => t.Key).Take(2).ToListAsync(cancellation) is [var only] ? only : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TransactionRow>> RowsOfAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var wanted = ids.ToArray();
        var rows = await RowsAsync(
            db.Transactions.AsNoTracking().Where(t => wanted.Contains(t.Id)).VisibleTo(actor, db), db, cancellation);
        return await WithOwnersAsync(rows, db, cancellation);
    }

    /// <inheritdoc/>
    public async Task<TransactionChoices> ChoicesAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = towers.CreateReader();
        var all = await db.Sites.AsNoTracking().OrderBy(s => s.Code).ToListAsync(cancellation);
        var sites = all.Where(s => actor.MaySeeSite(s.Code)).Select(s => new SiteChoice(s.Code, s.Name, s.TimeZone, s.Region)).ToList();
        return new(sites, [.. sites.Select(s => s.Region).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The visible transactions that the whole filter names.</summary>
    internal static async Task<IQueryable<TransactionRecord>> MatchingAsync(
        TowerDbContext db, TransactionFilter filter, Actor actor, CancellationToken cancellation)
    {
        // A person who names one of their sites requests less than they may see.
        var within = filter.Site is { } site && actor.Sites.Contains(site, StringComparer.Ordinal) ? actor with { Sites = [] } : actor;
        var found = await TransactionSearch.RowsAsync(filter.SearchText, db, cancellation);
        return found.VisibleTo(within, db).Matching(filter, db);
    }

    internal static async Task<List<TransactionRow>> RowsAsync(
        IQueryable<TransactionRecord> records, TowerDbContext db, CancellationToken cancellation)
    {
        var rows = await records.Select(Columns).ToListAsync(cancellation);
        var ids = rows.Select(row => row.Id).ToArray();
        var sites = await db.TransactionSites.AsNoTracking().Where(s => ids.Contains(s.TransactionId)).ToListAsync(cancellation);
        var bySite = sites.ToLookup(s => s.TransactionId, s => s.Site);
        return [.. rows.Select(row => row with { Sites = [.. bySite[row.Id].Order(StringComparer.Ordinal)] })];
    }

    /// <summary>With who owns what is held: only lists of held transactions need it.</summary>
    internal static async Task<List<TransactionRow>> WithOwnersAsync(
        List<TransactionRow> rows, TowerDbContext db, CancellationToken cancellation)
    {
        var owners = await HeldOwners.ReadAsync(
            db, [.. rows.Where(row => row.Health >= TransactionHealth.Held).Select(row => row.Id)], cancellation);
        return [.. rows.Select(row => row with
        {
            HeldBy = [.. owners[row.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        })];
    }

    private static readonly System.Linq.Expressions.Expression<Func<TransactionRecord, TransactionRow>> Columns = t => new(
        t.Key,
        t.Stage,
        t.Health,
        Array.Empty<string>(),
        t.Region,
        t.CustomerName ?? t.CustomerId,
        t.Currency,
        Money.Trim(t.Amount),
        Money.Trim(t.Invoiced),
        Money.Trim(t.Posted),
        t.Late,
        t.UpdatedAt,
        t.OrderNumber,
        Money.Trim(t.Held),
        t.Carrier,
        t.OrderedAt,
        t.RequestedDelivery,
        t.ShippedAt,
        t.DeliveredAt,
        t.AtRisk,
        t.Id);
}
