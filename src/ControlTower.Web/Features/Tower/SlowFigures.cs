using System.Collections.Concurrent;
using ControlTower.Core.Decisions;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using ControlTower.Core.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Tower;

/// <summary>Figures over cohorts and the day, read less often than the counts: they move slowly and cost more.</summary>
internal sealed class SlowFigures(TowerClocks clocks)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>A reading stands this many times as long as it took.</summary>
    private const int RestFactor = 20;

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    public async Task<Figures> ReadAsync(string view, TowerDbContext db, IQueryable<TransactionRecord> visible, CancellationToken cancellation)
    {
        if (_readings.TryGetValue(view, out var last) && clocks.SystemNow < last.Until)
        {
            return last.Figures;
        }

        var began = clocks.System.GetTimestamp();
        var figures = await ReadAsync(db, visible, cancellation);
        var rest = clocks.System.GetElapsedTime(began) * RestFactor;
        _readings[view] = new(figures, clocks.SystemNow + (rest > Least ? rest : Least));
        return figures;
    }

    private async Task<Figures> ReadAsync(TowerDbContext db, IQueryable<TransactionRecord> visible, CancellationToken cancellation)
    {
        var shipped = await TowerFigures.LatestShipped(visible).ToListAsync(cancellation);
        var delivered = await TowerFigures.LatestDelivered(visible).ToListAsync(cancellation);
        var today = await TowerFigures.AcceptedSince(db, visible, DayBegan()).ToListAsync(cancellation);
        return new(
            TowerFigures.Median([.. shipped.Select(s => s.ShippedAt - s.OrderedAt)]),
            TowerFigures.Share(delivered),
            Sums.Of(today.Where(t => t.Kind == CommandKinds.CreateInvoice), t => t.Currency, t => t.Amount),
            Sums.Of(today.Where(t => t.Kind == CommandKinds.PostInvoice), t => t.Currency, t => t.Amount));
    }

    // Commands settle in system time: the business day's beginning as the system's clock had it.
    private DateTimeOffset DayBegan()
    {
        var now = clocks.BusinessNow;
        return clocks.ToSystem(now - now.TimeOfDay);
    }

    private sealed record Reading(Figures Figures, DateTimeOffset Until);

    internal sealed record Figures(
        Trend<TimeSpan> OrderToShip, Trend<decimal> LateShare, IReadOnlyList<Sum> InvoicedToday, IReadOnlyList<Sum> PostedToday);
}
