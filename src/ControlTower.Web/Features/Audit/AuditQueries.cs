using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Audit;

/// <summary>Searches the audit entries, the newest first, by key.</summary>
public sealed class AuditQueries(ITowerDb tower)
{
    /// <summary>Name and kind of the tower among the actors.</summary>
    private const string Engine = "tower";

    public async Task<Page<AuditRow>> PageAsync(
        AuditFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var before = PageCursor.ReadBefore(cursor);
        await using var db = tower.CreateReader();
        var named = await AuditNames.ResolveAsync(db, filter, cancellation);
        var rows = await Latest(db, filter, named, actor, before, size + 1).ToListAsync(cancellation);
        return Page.From(rows, size, Row, row => PageCursor.Write(row.Id));
    }

    /// <summary>
    /// For a prefix of actions: the latest entries of each action, then the latest of these. Each is found in the index
    /// by itself, wherever its entries are.
    /// </summary>
    internal static IQueryable<AuditEntry> Latest(
        TowerDbContext db, AuditFilter filter, AuditNames named, Actor actor, long before, int most)
    {
        var each = named.Acts is { Count: > 0 } acts ? acts.Select(act => filter with { Act = act }) : [filter];
        return each.Select(one => Matching(db, one, named, actor).Where(a => a.Id < before).OrderByDescending(a => a.Id).Take(most))
            .Aggregate((these, others) => these.Concat(others)).OrderByDescending(a => a.Id).Take(most);
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
