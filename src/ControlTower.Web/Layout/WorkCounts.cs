using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Policies;
using ControlTower.Web.Features.Approvals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Layout;

/// <summary>What waits for this person, for the navigation; null where they have no queue.</summary>
/// <param name="Exceptions">Unresolved cases of their teams and scope.</param>
/// <param name="Approvals">Requests they could grant: pending, in their scope, not their own, within their limit.</param>
internal sealed record WorkCounts(int? Exceptions, int? Approvals)
{
    /// <summary>Counting stops here.</summary>
    public const int Most = 999;

    public static WorkCounts None { get; } = new(null, null);

    public static async Task<WorkCounts> ReadAsync(ITowerDb database, Actor actor, ApprovalPolicy policy)
    {
        await using var db = database.CreateReader();
        var teams = TeamRoles.For(actor);
        int? exceptions = teams.Count == 0
            ? null
            : await db.Cases.Where(c => c.State < CaseState.Resolved && teams.Contains(c.Team))
                .VisibleTo(db, actor)
                .Take(Most + 1)
                .CountAsync();
        int? approvals = ApprovalRights.ToDecide(actor) is null ? await GrantableAsync(db, actor, policy) : null;
        return new WorkCounts(exceptions, approvals);
    }

    /// <summary>
    /// As the page's "Waiting for you", among the same requests: by the rule that the approval itself checks, which
    /// needs no more of a request than this.
    /// </summary>
    private static async Task<int> GrantableAsync(TowerDbContext db, Actor actor, ApprovalPolicy policy)
    {
        var waiting = await WaitingRequests.From(db, actor).ToListAsync();
        return waiting.Count(request => ApprovalRights.ToApprove(actor, request, policy) is null);
    }

    /// <summary>Of the page at that address.</summary>
    public int? For(string href) => href switch
    {
        "exceptions" => Exceptions,
        "approvals" => Approvals,
        _ => null,
    };

    public static string Text(int count) => count > Most ? $"{Most}+" : $"{count}";
}
