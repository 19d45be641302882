using ControlTower.Core.Approvals;
using ControlTower.Core.Exceptions;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Layout;

/// <summary>What waits for this person, for the navigation; null where he has no queue.</summary>
/// <param name="Exceptions">Unresolved cases of his teams and scope.</param>
/// <param name="Approvals">Requests he could decide: pending, in his scope, not his own.</param>
internal sealed record WorkCounts(int? Exceptions, int? Approvals)
{
    /// <summary>More than this is counted no further.</summary>
    public const int Most = 999;

    public static WorkCounts None { get; } = new(null, null);

    public static async Task<WorkCounts> ReadAsync(ITowerDb database, Actor actor)
    {
        await using var db = database.CreateReader();
        var teams = TeamQueues.Of(actor);
        int? exceptions = teams.Count == 0
            ? null
            : await db.Cases.Where(c => c.State != CaseState.Resolved && teams.Contains(c.Team)).VisibleTo(db, actor).Take(Most + 1).CountAsync();
        int? approvals = !actor.Is(TowerRoles.FinanceApprover)
            ? null
            : await db.Approvals.Where(a => a.State == ApprovalState.Pending && a.RequestedById != actor.Id).VisibleTo(db, actor).Take(Most + 1).CountAsync();
        return new WorkCounts(exceptions, approvals);
    }

    /// <summary>Of the page at that address.</summary>
    public int? Of(string href) => href switch
    {
        "exceptions" => Exceptions,
        "approvals" => Approvals,
        _ => null,
    };

    public static string Text(int count) => count > Most ? $"{Most}+" : $"{count}";
}
