using ControlTower.Core.Audit;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Housekeeping;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>An event whose key is known with other content: the first stands, the other becomes a case that keeps it.</summary>
public sealed class ConflictCases(TowerClocks clocks, AuditTrail audit)
{
    /// <returns>Whether this content is new; a repetition of it opens nothing.</returns>
    public async Task<bool> OpenAsync(TowerDbContext db, string connector, IncomingEvent incoming, CancellationToken cancellation)
    {
        var key = $"conflict:{connector}:{Convert.ToHexStringLower(incoming.DedupeKey)}:{Convert.ToHexStringLower(incoming.ContentHash.AsSpan(0, 8))}";
        if (db.Cases.Local.Any(c => c.CaseKey == key) || await db.Cases.AnyAsync(c => c.CaseKey == key, cancellation))
        {
            return false;
        }

        var standing = await Archive.FindEventAsync(db, connector, incoming.DedupeKey, cancellation);
        var opened = new ExceptionCase
        {
            CaseKey = key,
            Origin = CaseOrigin.Message,
            MessageId = standing,
            Connector = connector,
            ReasonCode = ReasonCodes.ContentConflict,
            Team = Teams.Integration,
            Message = $"Event {incoming.Id} of {connector} came a second time with other content; the first stands.",
            Payload = incoming.Payload,
            OpenedAt = clocks.BusinessNow,
            DueAt = clocks.BusinessNow.AddHours(ReasonCodes.Find(ReasonCodes.ContentConflict).SlaHours),
            UpdatedAt = clocks.SystemNow,
        };
        db.Cases.Add(opened);
        audit.Add(db, Actor.Tower, "case.opened", "case", key, reason: opened.Message);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
