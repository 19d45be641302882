using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>
/// What needs this viewer, worst first. The snapshot is shared by all who see the same; what they may decide and open
/// is their own. Pure.
/// </summary>
internal static class NeedsList
{
    public static IReadOnlyList<Need> From(TowerSnapshot snapshot, Actor viewer) => Urgency.Rank(
    [
        .. SystemNeeds.From(snapshot, viewer),
        .. CaseNeeds.From(snapshot.Needs, snapshot.BusinessNow),
        .. OrderNeeds.From(snapshot.Needs, snapshot.BusinessNow),
        .. ApprovalNeeds.From(snapshot.Needs, viewer, snapshot.BusinessNow),
    ]);
}
