using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>One read of a connector's queue.</summary>
/// <param name="Taken">Their attempts and leases are committed: they may be sent.</param>
/// <param name="Revalidated">Still in the queue, and revalidated before they are taken.</param>
internal sealed record Claimed(ClaimRequest Request, IReadOnlyList<OutboxCommand> Taken, IReadOnlyList<OutboxCommand> Revalidated);

/// <summary>Takes due commands for a connector: attempt and lease are committed before anything is sent.</summary>
internal sealed class CommandClaims(
    ITowerDb database, IOutboxStatements statements, CommandRevalidator gate, IPolicyStore policies, OutboxOptions options,
    TowerClocks clocks, SenderName owner)
{
    /// <summary>The first <paramref name="limit"/> of the connector's queue.</summary>
    public async Task<Claimed> ClaimAsync(string connector, int limit, CancellationToken cancellation)
    {
        var version = (await policies.GetAsync(cancellation)).Version;
        var now = UtcMicroseconds.Cut(clocks.SystemNow);
        var request = new ClaimRequest(connector, version, now, owner.Name, now.AddSeconds(options.LeaseSeconds), limit);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var first = await statements.ClaimAsync(db, request, cancellation);
        return new Claimed(
            request, first.FindAll(command => command.State == CommandState.Sending),
            first.FindAll(command => command.State == CommandState.Pending));
    }

    /// <summary>Takes those that pass the revalidation.</summary>
    public Task<List<OutboxCommand>> RevalidateAsync(Claimed claimed, CancellationToken cancellation) =>
        claimed.Revalidated.Count == 0
            ? Task.FromResult<List<OutboxCommand>>([])
            : gate.ClaimAsync(claimed.Request, claimed.Revalidated, cancellation);

    /// <summary>Both: at most <paramref name="limit"/> commands, each with its attempt and lease committed.</summary>
    public async Task<List<OutboxCommand>> TakeAsync(string connector, int limit, CancellationToken cancellation)
    {
        var claimed = await ClaimAsync(connector, limit, cancellation);
        return [.. claimed.Taken, .. await RevalidateAsync(claimed, cancellation)];
    }

    /// <summary>Of these connectors those with a command that is due.</summary>
    public async Task<HashSet<string>> WithWorkAsync(IReadOnlyCollection<string> connectors, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return [.. await WithWork(db, connectors, clocks.SystemNow).ToListAsync(cancellation)];
    }

    internal static IQueryable<string> WithWork(TowerDbContext db, IReadOnlyCollection<string> connectors, DateTimeOffset now) =>
        db.Connectors
            .Where(c =>
                connectors.Contains(c.Name)
                    && db.Commands.Any(o => o.State == CommandState.Pending && o.Connector == c.Name && o.DueAt <= now))
            .Select(c => c.Name);
}
