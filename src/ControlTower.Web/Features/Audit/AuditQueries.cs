using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Web.Api;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Audit;

/// <summary>Searches the audit entries, in either order, by key.</summary>
public sealed class AuditQueries(ITowerDb tower)
{
    /// <summary>Name and kind of the tower among the actors.</summary>
    private const string Engine = "tower";

    private static readonly RowOrder<AuditEntry> NewestFirst = RowOrder.ById<AuditEntry>(a => a.Id, newestFirst: true);
    private static readonly RowOrder<AuditEntry> OldestFirst = RowOrder.ById<AuditEntry>(a => a.Id, newestFirst: false);

    public async Task<Page<AuditRow>> PageAsync(
        AuditFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var sort = ChoiceText.For(filter.Sort);
        var place = RowCursor.Read(cursor, sort);
        await using var db = tower.CreateReader();
        var named = await AuditNames.ResolveAsync(db, filter, cancellation);
        var rows = await Listed(db, filter, named, actor, place, size + 1).ToListAsync(cancellation);
        return Page.From(rows, size, Row, row => new RowCursor(sort, row.Id, row.Id).ToString());
    }

    /// <summary>How many entries match, counted by the list's query and no further than a list is.</summary>
    public async Task<ListTotal> TotalAsync(AuditFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var named = await AuditNames.ResolveAsync(db, filter, cancellation);
        return ListTotal.From(await Counted(db, filter, named, actor).CountAsync(cancellation));
    }

    internal static IQueryable<long> Counted(TowerDbContext db, AuditFilter filter, AuditNames named, Actor actor) =>
        Listed(db, filter, named, actor, null, ListTotal.Most + 1).Select(a => a.Id);

    /// <summary>
    /// Ids follow time, so the order is theirs. For a prefix of actions: the first entries of each action, then the
    /// first of these. Each is found in the index by itself, wherever its entries are.
    /// </summary>
    internal static IQueryable<AuditEntry> Listed(
        TowerDbContext db, AuditFilter filter, AuditNames named, Actor actor, RowCursor? place, int most)
    {
        var order = filter.Sort == AuditSort.Oldest ? OldestFirst : NewestFirst;
        var each = named.Acts is { Count: > 0 } acts ? acts.Select(act => filter with { Act = act }) : [filter];
        return order.Sort(each.Select(one => order.From(Matching(db, one, named, actor), place, db).Take(most))
            .Aggregate((these, others) => these.Concat(others))).Take(most);
    }

    internal static IQueryable<AuditEntry> Matching(TowerDbContext db, AuditFilter filter, AuditNames named, Actor actor)
    {
        var entries = db.Audit.AsNoTracking();
        entries = filter.Actor is { } name ? entries.Where(a => a.Actor == name && (name == Engine || a.ActorKind != Engine)) : entries;
        entries = filter.Act is { } act
            ? act.EndsWith('.') ? entries.Where(a => a.Act.StartsWith(act)) : entries.Where(a => a.Act == act)
            : entries;
        entries = filter.From is { } from ? entries.Where(a => a.At >= from) : entries;
        entries = filter.To is { } to ? entries.Where(a => a.At < to) : entries;
        entries = named.FirstId is { } first ? entries.Where(a => a.Id >= first) : entries;
        entries = named.LastId is { } last ? entries.Where(a => a.Id <= last) : entries;
        entries = named.Transactions is { } keys ? entries.Where(a => keys.Contains(a.TransactionKey)) : entries;
        return InScope(OfObject(entries, named), db, actor);
    }

    private static IQueryable<AuditEntry> OfObject(IQueryable<AuditEntry> entries, AuditNames named)
    {
        if (named.Object is not { } about)
        {
            return entries;
        }

        var (text, type, key, caseKey, keys, transactions) = about;
        return entries

            // People's entries are found by the object; the tower's by the object's transaction, or by the object where
            // it has none.
            .Where(a =>
                keys.Contains(a.ObjectKey)
                    && (a.ActorKind != Engine || a.TransactionKey == null || transactions.Contains(a.TransactionKey)))
            .Where(a =>
                a.ObjectKey == text || (a.ObjectType == type && a.ObjectKey == key) || (a.ObjectType == "case" && a.ObjectKey == caseKey));
    }

    /// <summary>
    /// A person who is limited to sites or legal entities sees the entries of their transactions only.
    /// </summary>
    private static IQueryable<AuditEntry> InScope(IQueryable<AuditEntry> entries, TowerDbContext db, Actor actor)
    {
        var (sites, entities) = (actor.Sites, actor.LegalEntities);
        entries = sites.Count == 0 ? entries : entries.Where(a => db.Transactions.Any(t => t.Key == a.TransactionKey
            && db.TransactionSites.Any(s => s.TransactionId == t.Id && sites.Contains(s.Site))));
        return entities.Count == 0
            ? entries
            : entries.Where(a => db.Transactions.Any(t => t.Key == a.TransactionKey && entities.Contains(t.LegalEntity)));
    }

    private static AuditRow Row(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Actor, entry.ActorKind, entry.Act, entry.ObjectType, entry.ObjectKey, entry.TransactionKey, entry.Reason,
        entry.Before, entry.After,
        entry.Chain, entry.Sequence, entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash));
}
