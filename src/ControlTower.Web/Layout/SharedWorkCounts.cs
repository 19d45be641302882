using System.Collections.Concurrent;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Live;

namespace ControlTower.Web.Layout;

/// <summary>The navigation's counters: one reading for all who see the same, not one for each open page.</summary>
internal sealed class SharedWorkCounts(ITowerDb database, IPolicyStore policies)
{
    private readonly ConcurrentDictionary<string, SingleFlight<WorkCounts>> _readings = new(StringComparer.Ordinal);

    public Task<WorkCounts> GetAsync(Actor actor) =>
        _readings.GetOrAdd(KeyOf(actor), _ => new SingleFlight<WorkCounts>(() => ReadAsync(actor))).GetAsync();

    private async Task<WorkCounts> ReadAsync(Actor actor) =>
        await WorkCounts.ReadAsync(database, actor, (await policies.GetAsync()).Approvals);

    /// <summary>An approver's own requests, and those over their limit, are not counted for them: their counters are
    /// theirs alone.</summary>
    private static string KeyOf(Actor actor) => string.Join(
        '|', List(actor.Sites), List(actor.LegalEntities), List(TeamRoles.For(actor)),
        ApprovalRights.ToDecide(actor) is null ? $"{actor.Id}/{actor.AuthorityLimit}" : null);

    private static string List(IReadOnlyList<string> values) => string.Join(',', values.Order(StringComparer.Ordinal));
}
