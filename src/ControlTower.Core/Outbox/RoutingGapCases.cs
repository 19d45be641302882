using System.Globalization;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>A gap of the routing: commands of the kind, for the legal entity at the site, are taken by no connector.</summary>
/// <param name="Site">Null for commands of the order as a whole.</param>
internal sealed record RoutingGap(string Kind, string LegalEntity, string? Site)
{
    public string CaseKey => $"unrouted:{Kind}:{LegalEntity}:{Site}";
}

/// <summary>One open case per gap, with the count of the commands that wait; it closes itself when none waits any more.</summary>
internal sealed class RoutingGapCases(CaseOpener opener, CaseCloser closer, TowerClocks clocks)
{
    /// <summary>Updates the open cases to the waiting commands, in the caller's transaction.</summary>
    /// <returns>Ids of the cases that changed.</returns>
    /// <exception cref="DbUpdateException">A concurrent change of one of them; nothing was written.</exception>
    public async Task<List<long>> FollowAsync(
        TowerDbContext db, IReadOnlyDictionary<RoutingGap, int> waiting, CancellationToken cancellation)
    {
        var open = await Open(db).AsTracking().ToDictionaryAsync(c => c.CaseKey, StringComparer.Ordinal, cancellation);
        var (changed, missing) = (new List<ExceptionCase>(), new List<ExceptionCase>());
        foreach (var (gap, count) in waiting)
        {
            if (!open.Remove(gap.CaseKey, out var about))
            {
                missing.Add(New(gap, count));
            }
            else if (about.WaitingCommands != count)
            {
                await CountAsync(db, about, gap, count, cancellation);
                changed.Add(about);
            }
        }

        changed.AddRange(await opener.OpenAsync(db, missing, cancellation));
        foreach (var ended in open.Values)
        {
            Resolve(db, ended);
            changed.Add(ended);
        }

        await db.SaveChangesAsync(cancellation);
        return changed.ConvertAll(about => about.Id);
    }

    internal static IQueryable<ExceptionCase> Open(TowerDbContext db) =>
        db.Cases.Where(c => c.ReasonCode == ReasonCodes.Unroutable && c.State < CaseState.Resolved && c.WaitingCommands != null);

    private ExceptionCase New(RoutingGap gap, int count)
    {
        var about = clocks.CreateCase(gap.CaseKey, CaseOrigin.Routing, ReasonCodes.Unroutable, Message(gap, count));
        (about.LegalEntity, about.Site, about.WaitingCommands) = (gap.LegalEntity, gap.Site, count);
        if (gap.Site is { } site)
        {
            about.Sites.Add(new CaseSite { Site = site });
        }

        return about;
    }

    /// <summary>
    /// The version stays: a changed count must not cause a conflict with a person's action on the case.
    /// </summary>
    private async Task CountAsync(TowerDbContext db, ExceptionCase about, RoutingGap gap, int count, CancellationToken cancellation)
    {
        var (message, now) = (Message(gap, count), clocks.SystemNow);
        await db.Cases.Where(c => c.Id == about.Id && c.State < CaseState.Resolved).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.WaitingCommands, count).SetProperty(c => c.Message, message).SetProperty(c => c.UpdatedAt, now),
            cancellation);
    }

    private void Resolve(TowerDbContext db, ExceptionCase ended)
    {
        ended.WaitingCommands = 0;
        closer.CloseByItself(db, ended, "Closed by itself: nothing waits for it any more.");
    }

    private static string Message(RoutingGap gap, int count)
    {
        var commands = count == 1
            ? $"One {gap.Kind} command waits"
            : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {gap.Kind} commands wait");
        var place = gap.Site is { } site ? $"site {site}, legal entity {gap.LegalEntity}" : $"legal entity {gap.LegalEntity}";
        return $"{commands}: no connector takes {gap.Kind} for {place}.";
    }
}
