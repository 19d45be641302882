using System.Globalization;
using ControlTower.Core.Audit;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Audit;

/// <summary>Searches the audit entries, the newest first, by key.</summary>
public sealed class AuditQueries(ITowerDb tower)
{
    public async Task<Page<AuditRow>> PageAsync(AuditFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var before = PageCursor.Read(cursor, 1) is { } parts && long.TryParse(parts[0], out var id) ? id : long.MaxValue;
        await using var db = tower.CreateDbContext();
        var rows = await Matching(db, filter, actor).Where(a => a.Id < before).OrderByDescending(a => a.Id).Take(size + 1).ToListAsync(cancellation);
        return Page.Of(rows, size, Row, row => PageCursor.Write(row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    internal static IQueryable<AuditEntry> Matching(TowerDbContext db, AuditFilter filter, Actor actor)
    {
        var entries = db.Audit.AsNoTracking();
        entries = filter.Actor is { } name ? entries.Where(a => a.Actor == name) : entries;
        entries = filter.Act is { } act ? entries.Where(a => a.Act == act || (act.EndsWith('.') && a.Act.StartsWith(act))) : entries;
        entries = filter.From is { } from ? entries.Where(a => a.At >= from) : entries;
        entries = filter.To is { } to ? entries.Where(a => a.At < to) : entries;
        entries = filter.Transaction is { } key ? entries.Where(a => a.TransactionKey == key
            || db.Transactions.Any(t => t.OrderNumber == key && t.Key == a.TransactionKey)) : entries;
        return InScope(OfObject(entries, db, filter.Object), db, actor);
    }

    private static IQueryable<AuditEntry> OfObject(IQueryable<AuditEntry> entries, TowerDbContext db, string? text)
    {
        if (text is null)
        {
            return entries;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (type, key) = colon > 0 ? (text[..colon], text[(colon + 1)..]) : ("", text);
        // The engine writes of a case by what it is about, people by its number: both are its history.
        var number = type is "" or "case" && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
        return entries.Where(a => a.ObjectKey == text || (a.ObjectType == type && a.ObjectKey == key)
            || (a.ObjectType == "case" && db.Cases.Any(c => c.Id == number && c.CaseKey == a.ObjectKey)));
    }

    /// <summary>Who is limited to sites or legal entities sees the entries of his transactions only.</summary>
    private static IQueryable<AuditEntry> InScope(IQueryable<AuditEntry> entries, TowerDbContext db, Actor actor)
    {
        var (sites, entities) = (actor.Sites, actor.LegalEntities);
        entries = sites.Count == 0 ? entries : entries.Where(a => db.Transactions.Any(t => t.Key == a.TransactionKey
            && db.TransactionSites.Any(s => s.TransactionId == t.Id && sites.Contains(s.Site))));
        return entities.Count == 0 ? entries : entries.Where(a => db.Transactions.Any(t => t.Key == a.TransactionKey && entities.Contains(t.LegalEntity)));
    }

    private static AuditRow Row(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Actor, entry.ActorKind, entry.Act, entry.ObjectType, entry.ObjectKey, entry.TransactionKey, entry.Reason, entry.Before, entry.After,
        entry.Chain, entry.Sequence, entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash));
}
