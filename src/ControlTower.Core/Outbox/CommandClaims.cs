using ControlTower.Core.Persistence;
using ControlTower.Core.Policies;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>Takes due commands for a connector: attempt and lease are committed before anything is sent.</summary>
internal sealed class CommandClaims(
    ITowerDb database, IOutboxStatements statements, CommandGate gate, IPolicyStore policies, OutboxOptions options, TowerClocks clocks, SenderName owner)
{
    /// <summary>At most <paramref name="limit"/> commands, each with its attempt and lease committed.</summary>
    public async Task<List<OutboxCommand>> TakeAsync(string connector, int limit, CancellationToken cancellation)
    {
        var version = (await policies.GetAsync(cancellation)).Version;
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        var request = new ClaimRequest(connector, version, now, owner.Name, now.AddSeconds(options.LeaseSeconds), limit);

        // Those that are judged first go first: they are few, and must not starve behind the many.
        var taken = await gate.ClaimAsync(request, cancellation);
        if (taken.Count < limit)
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            taken.AddRange(await statements.ClaimAsync(db, request with { Limit = limit - taken.Count }, cancellation));
        }

        return taken;
    }

    /// <summary>Of these connectors those with a command that is due.</summary>
    public async Task<HashSet<string>> WithWorkAsync(IReadOnlyCollection<string> connectors, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return [.. await WithWork(db, connectors, clocks.SystemNow).ToListAsync(cancellation)];
    }

    internal static IQueryable<string> WithWork(TowerDbContext db, IReadOnlyCollection<string> connectors, DateTimeOffset now) =>
        db.Connectors
            .Where(c => connectors.Contains(c.Name) && db.Commands.Any(o => o.State == CommandState.Pending && o.Connector == c.Name && o.DueAt <= now))
            .Select(c => c.Name);
}
