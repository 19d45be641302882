using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Live;

/// <summary>
/// What was written since the last poll, by the rows' own time. A commit may come later than the time it carries, so
/// each poll goes back a little and leaves out what it has seen in that version.
/// </summary>
internal sealed class RecentChanges(ITowerDb database)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private Dictionary<long, DateTimeOffset> _transactions = [];
    private Dictionary<long, DateTimeOffset> _cases = [];
    private string _rest = "";
    private bool _watched;

    /// <summary>The changes since the last poll; null when there are none, or when nobody watches.</summary>
    public async Task<LiveChange?> ReadAsync(DateTimeOffset now, bool watched, CancellationToken cancellation)
    {
        if (!watched)
        {
            _watched = false;
            return null;
        }

        var since = now - Overlap;
        await using var db = database.CreateReader();
        var transactions = await db.Transactions.Where(t => t.UpdatedAt > since).OrderByDescending(t => t.UpdatedAt)
            .Select(t => new { t.Id, t.UpdatedAt }).Take(LiveChange.Bound).ToDictionaryAsync(t => t.Id, t => t.UpdatedAt, cancellation);
        var cases = await db.Cases.Where(c => c.UpdatedAt > since)
            .Select(c => new { c.Id, c.UpdatedAt }).Take(LiveChange.Bound).ToDictionaryAsync(c => c.Id, c => c.UpdatedAt, cancellation);
        var rest = await RestAsync(db, cancellation);
        var change = new LiveChange(
            New(transactions, _transactions), New(cases, _cases), rest != _rest, rest != _rest, transactions.Count == LiveChange.Bound);
        var first = !_watched;
        (_transactions, _cases, _rest, _watched) = (transactions, cases, rest, true);

        // The first poll only records the current state: new subscribers have read it.
        return first || (change is { Everything: false, Connectors: false } && change.Transactions.Count + change.Cases.Count == 0)
            ? null
            : change;
    }

    // Small tables: a fingerprint is enough.
    private static async Task<string> RestAsync(TowerDbContext db, CancellationToken cancellation)
    {
        var connectors = await db.Connectors.OrderBy(c => c.Id)
            .Select(c => new { c.Version, c.Health, c.Paused, c.LastErrorAt })
            .ToListAsync(cancellation);
        var pending = await db.Approvals.Where(a => a.State == ApprovalState.Pending)
            .OrderByDescending(a => a.Id)
            .Select(a => a.Id)
            .Take(100).ToListAsync(cancellation);
        return $"{string.Join('|', connectors)}/{string.Join(',', pending)}";
    }

    private static HashSet<long> New(Dictionary<long, DateTimeOffset> read, Dictionary<long, DateTimeOffset> seen) =>
        [.. read.Where(row => !seen.TryGetValue(row.Key, out var at) || at != row.Value).Select(row => row.Key)];
}
