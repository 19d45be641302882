using ControlTower.Core.Kernel;

namespace ControlTower.Web.Shared.Kit.Totals;

/// <summary>Counts and sums what the list of a filter holds for an actor, by the query of that list.</summary>
public interface IListTotals<in TFilter>
{
    /// <summary>As of no earlier than the call; concurrent callers share a reading, and wait a few seconds after another.</summary>
    Task<ListTotal> GetAsync(TFilter filter, Actor actor, CancellationToken cancellation);
}
