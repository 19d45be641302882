using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>Releases that wait: those that this viewer may grant, and those that somebody else decides on.</summary>
internal static class ApprovalNeeds
{
    public static IEnumerable<Need> From(TowerNeeds needs, Actor viewer, DateTimeOffset now)
    {
        var decides = ApprovalRights.ToDecide(viewer) is null;
        var mine = decides ? needs.Waiting.Where(request => ApprovalRights.ToApprove(viewer, request, needs.Limits) is null).ToList() : [];
        var others = needs.Waiting.Except(mine).ToList();
        if (mine.Count > 0)
        {
            yield return Row("approvals", NeedKind.Approval, mine, $"{Wait(mine.Count)} for your decision", "You", "Decide", now);
        }

        if (others.Count > 0)
        {
            var why = decides ? ": over your limit, or requested by you" : "";
            yield return Row(
                "approvals-of-others", NeedKind.ApprovalOfOthers, others, $"{Wait(others.Count)} for somebody else's decision{why}",
                "Finance", "See the approvals", now) with { IsQuiet = true };
        }
    }

    private static Need Row(
        string key, NeedKind kind, List<ApprovalRequest> requests, string text, string owner, string verb, DateTimeOffset now)
    {
        var money = Sums.For(requests, request => request.Currency, request => request.Amount);
        var expires = requests.Min(request => request.ExpiresAt);
        var tone = kind == NeedKind.Approval ? Tone.Warning : Tone.Neutral;
        return new(
            key, kind, new("Release", "approval", tone, "Somebody asked to release a held invoice."), text, money, expires, owner,
            new(verb, "approvals"), Urgency.For(money, expires, now));
    }

    private static string Wait(int count) => $"{NumberFormat.Count(count, "release")} {(count == 1 ? "waits" : "wait")}";
}
