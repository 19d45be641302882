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
        .. CaseNeeds.From(snapshot.Needs, viewer, snapshot.BusinessNow),
        .. OrderNeeds.From(snapshot.Needs, snapshot.BusinessNow),
        .. ApprovalNeeds.From(snapshot.Needs, viewer, snapshot.BusinessNow),
    ]);

    /// <summary>
    /// The rows as they are now, where they were shown: each keeps its place, one that is over stays as it was last seen,
    /// new ones follow.
    /// </summary>
    public static IReadOnlyList<Need> InPlace(IReadOnlyList<Need> shown, IReadOnlyList<Need> now)
    {
        var fresh = now.ToDictionary(need => need.Key, StringComparer.Ordinal);
        var known = shown.Select(need => need.Key).ToHashSet(StringComparer.Ordinal);
        return [.. shown.Select(need => fresh.GetValueOrDefault(need.Key, need)), .. now.Where(need => !known.Contains(need.Key))];
    }
}
