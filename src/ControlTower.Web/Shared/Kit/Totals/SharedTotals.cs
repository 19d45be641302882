using ControlTower.Core.Kernel;
using ControlTower.Web.Live;

namespace ControlTower.Web.Shared.Kit.Totals;

/// <summary>One reading for all who look at the same list and see the same of it.</summary>
/// <param name="read">Reads by itself: nobody's leaving stops it for the others.</param>
internal sealed class SharedTotals<TFilter>(Func<TFilter, Actor, Task<ListTotal>> read, TimeProvider time) : IListTotals<TFilter>
    where TFilter : notnull
{
    private readonly PacedReadings<(TFilter Filter, string Scope), ListTotal> _readings = new(Pace.Totals, time);

    public Task<ListTotal> GetAsync(TFilter filter, Actor actor, CancellationToken cancellation) =>
        _readings.GetAsync((filter, ScopeOf(actor)), () => read(filter, actor)).WaitAsync(cancellation);

    private static string ScopeOf(Actor actor) => $"{Text(actor.Sites)}|{Text(actor.LegalEntities)}";

    private static string Text(IReadOnlyList<string> values) => string.Join(',', values.Order(StringComparer.Ordinal));
}
