using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors;

/// <summary>
/// One case for a connector in trouble, however many commands wait for it and nodes see it; it closes itself when the trouble is over.
/// </summary>
internal sealed class ConnectorCases(TowerClocks clocks, CaseOpener cases, AuditTrail audit)
{
    public const string Down = ReasonCodes.TargetDown;
    public const string Unauthorised = ReasonCodes.TargetUnauthorised;

    /// <summary>Makes the cases of the connector equal to its health, in the caller's open transaction.</summary>
    /// <returns>Ids of the cases that changed.</returns>
    public async Task<List<long>> FollowAsync(TowerDbContext db, string connector, ConnectorHealth health, string? error, CancellationToken cancellation)
    {
        var keys = new[] { Key(connector, Down), Key(connector, Unauthorised) };
        var open = await db.Cases.Where(c => keys.Contains(c.CaseKey) && c.State < CaseState.Resolved).ToListAsync(cancellation);
        var wanted = health switch
        {
            ConnectorHealth.Down => Down,
            ConnectorHealth.Unauthorised => Unauthorised,
            _ => null,
        };
        var changed = new List<ExceptionCase>();
        foreach (var ended in open.Where(c => health == ConnectorHealth.Healthy || (wanted is not null && c.ReasonCode != wanted)))
        {
            Resolve(db, ended);
            changed.Add(ended);
        }

        if (wanted is not null && open.TrueForAll(c => c.ReasonCode != wanted))
        {
            changed.AddRange(await cases.OpenAsync(db, [Case(connector, wanted, error)], cancellation));
        }

        await db.SaveChangesAsync(cancellation);
        return changed.ConvertAll(c => c.Id);
    }

    private ExceptionCase Case(string connector, string reason, string? error)
    {
        var what = reason == Down ? "cannot be reached" : "refuses our credentials";
        return new ExceptionCase
        {
            CaseKey = Key(connector, reason),
            Origin = CaseOrigin.Connector,
            Connector = connector,
            ReasonCode = reason,
            Team = ReasonCodes.Find(reason).Team,
            Message = Cut($"{connector} {what}; its commands wait. {error}".TrimEnd()),
            OpenedAt = clocks.BusinessNow,
            DueAt = clocks.BusinessNow.AddHours(ReasonCodes.Find(reason).SlaHours),
            UpdatedAt = clocks.SystemNow,
        };
    }

    private void Resolve(TowerDbContext db, ExceptionCase ended)
    {
        ended.State = CaseState.Resolved;
        ended.ResolvedAt = clocks.BusinessNow;
        ended.Resolution = "By itself: the connector answers again.";
        ended.UpdatedAt = clocks.SystemNow;
        ended.Version++;
        db.CaseNotes.Add(new CaseNote { CaseId = ended.Id, At = clocks.BusinessNow, Actor = Actor.Tower.Name, Act = "resolved", Text = ended.Resolution });
        audit.Add(db, Actor.Tower, "case.resolved", "case", ended.CaseKey, reason: ended.Resolution);
    }

    private static string Key(string connector, string reason) => $"connector:{connector}:{reason}";

    private static string Cut(string text) => text.Length > Lengths.Sentence ? text[..Lengths.Sentence] : text;
}
