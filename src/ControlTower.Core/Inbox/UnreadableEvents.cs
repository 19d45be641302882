using System.Security.Cryptography;
using ControlTower.Core.Audit;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Inbox;

/// <summary>
/// What a poll or an answer brought that is no event at all. It has no key under which the inbox could keep it, and refusing the page would stop the
/// source for ever: it becomes a case that keeps the bytes.
/// </summary>
public sealed class UnreadableEvents(TowerClocks clocks, AuditTrail audit)
{
    /// <summary>Opens the case in the caller's transaction; the same bytes again open nothing.</summary>
    public async Task OpenAsync(TowerDbContext db, string connector, byte[] payload, string fault, CancellationToken cancellation)
    {
        var key = $"unreadable:{connector}:{Convert.ToHexStringLower(SHA256.HashData(payload))}";
        if (db.Cases.Local.Any(c => c.CaseKey == key) || await db.Cases.AnyAsync(c => c.CaseKey == key, cancellation))
        {
            return;
        }

        var opened = new ExceptionCase
        {
            CaseKey = key,
            Origin = CaseOrigin.Message,
            Connector = connector,
            ReasonCode = ReasonCodes.SchemaInvalid,
            Team = ReasonCodes.Find(ReasonCodes.SchemaInvalid).Team,
            Message = $"{connector} sent something that is no CloudEvents event: {fault}",
            Payload = payload,
            OpenedAt = clocks.BusinessNow,
            DueAt = clocks.BusinessNow.AddHours(ReasonCodes.Find(ReasonCodes.SchemaInvalid).SlaHours),
            UpdatedAt = clocks.SystemNow,
        };
        db.Cases.Add(opened);
        audit.Add(db, Actor.Tower, "case.opened", "case", key, reason: opened.Message);
    }
}
