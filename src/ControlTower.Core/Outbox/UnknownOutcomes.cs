using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>Attempts of one command whose effect is unknown. Instants are system time.</summary>
/// <param name="Since">When the first of them began: the target has known the key since then at the earliest.</param>
/// <param name="Until">When the last of them ended; null while one is open.</param>
internal sealed record UnknownOutcome(DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>Which commands have an unknown outcome, and what may be done about them.</summary>
internal sealed class UnknownOutcomes(ConnectorRegistry registry, TowerClocks clocks)
{
    /// <summary>
    /// A key is taken as forgotten this long before its time, so that a clock's error does not cause two effects.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>The unknown outcomes of these commands, by the command's id; those without are left out.</summary>
    public async Task<Dictionary<long, UnknownOutcome>> OfAsync(
        TowerDbContext db, IReadOnlyCollection<OutboxCommand> commands, CancellationToken cancellation)
    {
        var tried = commands.Where(command => command.Attempts > 0).Select(command => command.Id).ToList();
        if (tried.Count == 0)
        {
            return [];
        }

        var open = await Open(db, tried).Select(a => new { a.CommandId, a.StartedAt, a.EndedAt }).ToListAsync(cancellation);
        return open.GroupBy(a => a.CommandId).ToDictionary(
            g => g.Key, g => new UnknownOutcome(g.Min(a => a.StartedAt), g.Any(a => a.EndedAt is null) ? null : g.Max(a => a.EndedAt)));
    }

    internal static IQueryable<CommandAttempt> Open(TowerDbContext db, IReadOnlyCollection<long> commands) => db.Attempts
        .Where(a => commands.Contains(a.CommandId) && (a.Outcome == AttemptOutcome.Unknown || a.Outcome == AttemptOutcome.UnderWay));

    /// <summary>
    /// The connector's policy for an unknown outcome of that age. A target that keeps keys for a limited time counts as
    /// one that keeps none after it.
    /// </summary>
    public async ValueTask<UnknownOutcomePolicy> PolicyAsync(OutboxCommand command, UnknownOutcome doubt, CancellationToken cancellation)
    {
        if ((await registry.FindAsync(command.Connector, cancellation))?.Channel is not { } channel)
        {
            return UnknownOutcomePolicy.Never;
        }

        var policy = channel.PolicyForUnknownOutcome(command.Kind);
        return policy == UnknownOutcomePolicy.NativeKey && clocks.SystemNow - doubt.Since > channel.KeysKept(command.Kind) - Margin
            ? UnknownOutcomePolicy.Never
            : policy;
    }
}
