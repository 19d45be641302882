using ControlTower.Core.Audit;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors;
using ControlTower.Core.Decisions;
using ControlTower.Core.Identity;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Policies;
using ControlTower.Core.Time;
using ControlTower.Core.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// The gate before money (I4): a command that moves money, was decided under another policy version, or was tried before, is decided once more under its
/// transaction's lock, in the very transaction that records the attempt. What is no longer wanted is withdrawn when it never left. What may have had its
/// effect is sent again, for its answer ends the doubt; but money is parked for a person.
/// </summary>
internal sealed class CommandGate(
    ITowerDb database, IOutboxStatements statements, IPolicyStore policies, ILandscapeStore landscape, InboxWriter inbox, EngineSignal engine, AuditTrail audit,
    TowerClocks clocks)
{
    private static readonly string[] MoneyKinds = [.. CommandKinds.All.Where(CommandKinds.MovesMoney)];

    /// <summary>Takes commands that pass. Transactions that the engine is working on are left for the next claim.</summary>
    public async Task<List<OutboxCommand>> ClaimAsync(ClaimRequest request, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var candidates = await Candidates(db, request).ToListAsync(cancellation);
        if (candidates.Count == 0)
        {
            return [];
        }

        var context = new DecisionContext(
            await policies.GetAsync(cancellation), await landscape.GetAsync(cancellation), clocks.BusinessNow - (TowerClocks.FairChance * clocks.Speed));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var taken = await JudgeAsync(db, candidates, request with { PolicyVersion = context.Policies.Version }, context, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    /// <summary>Read without locks: locks are taken in one order, transactions before commands.</summary>
    internal static IQueryable<Candidate> Candidates(TowerDbContext db, ClaimRequest request) =>
        db.Commands.AsNoTracking()
            .Where(c => c.State == CommandState.Pending && c.Connector == request.Connector && c.DueAt <= request.Now
                && (MoneyKinds.Contains(c.Kind) || c.PolicyVersion != request.PolicyVersion || c.Attempts > 0)
                && db.Connectors.Any(connector => connector.Name == request.Connector && !connector.Paused))
            .OrderBy(c => c.Priority).ThenBy(c => c.DueAt).ThenBy(c => c.Id)
            .Take(request.Limit)
            .Select(c => new Candidate(c.Id, c.TransactionId));

    private async Task<List<OutboxCommand>> JudgeAsync(
        TowerDbContext db, List<Candidate> candidates, ClaimRequest request, DecisionContext context, CancellationToken cancellation)
    {
        var ids = candidates.Select(candidate => candidate.TransactionId).Distinct().ToList();
        var transactions = (await statements.LockFreeTransactionsAsync(db, ids, cancellation))
            .Where(t => t.StateFormat <= TransactionState.Format)
            .ToDictionary(t => t.Id);
        var free = candidates.Where(candidate => transactions.ContainsKey(candidate.TransactionId)).Select(candidate => candidate.Id).ToList();
        var wanted = transactions.Values.ToDictionary(t => t.Id, t => Decider.Decide(TransactionState.FromJson(t.State), context));
        var passed = new List<OutboxCommand>();
        foreach (var command in await statements.LockPendingAsync(db, free, cancellation))
        {
            var decision = wanted[command.TransactionId];

            // One in doubt whose effect shows is sent again under its key, so that its outcome becomes known.
            if (decision.Commands.Any(want => IsSame(want, command))
                || (decision.Evident.Any(want => IsSame(want, command)) && await MayHaveHadEffectAsync(db, command, cancellation))
                || !await TurnAwayAsync(db, command, transactions[command.TransactionId], context, cancellation))
            {
                passed.Add(command);
            }
        }

        Attempting.Begin(db, passed, request);
        return passed;
    }

    private static bool IsSame(WantedCommand want, OutboxCommand command) =>
        want.Stem == command.Stem && want.ContentHash == command.ContentHash && want.Mode == CommandMode.Send;

    /// <returns>Whether it was turned away; false for one in doubt that moves no money.</returns>
    private async Task<bool> TurnAwayAsync(
        TowerDbContext db, OutboxCommand command, TransactionRecord transaction, DecisionContext context, CancellationToken cancellation)
    {
        var mayHaveHadEffect = await MayHaveHadEffectAsync(db, command, cancellation);
        if (mayHaveHadEffect && !CommandKinds.MovesMoney(command.Kind))
        {
            return false;
        }

        if (mayHaveHadEffect)
        {
            await ParkAsync(db, command, transaction.Key, cancellation);
            return true;
        }

        command.State = CommandState.Withdrawn;
        command.SettledAt = clocks.SystemNow;
        audit.Add(
            db, Actor.Tower, "command.withdrawn", "command", command.Key, transaction.Key, "Nobody wants it any more and it never left.", command.ContentHash);

        // The engine looks again, for it may want other content in its place.
        await db.Transactions.Where(t => t.Id == transaction.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.NextLookAt, context.AsOf), cancellation);
        return true;
    }

    private static async Task<bool> MayHaveHadEffectAsync(TowerDbContext db, OutboxCommand command, CancellationToken cancellation) =>
        command.Attempts > 0 && await db.Attempts.AnyAsync(
            a => a.CommandId == command.Id && (a.Outcome == AttemptOutcome.Unknown || a.Outcome == AttemptOutcome.UnderWay), cancellation);

    private async Task ParkAsync(TowerDbContext db, OutboxCommand command, string transactionKey, CancellationToken cancellation)
    {
        const string Reason = "An earlier attempt may have had its effect, and the policy no longer lets it be sent.";
        command.State = CommandState.Parked;
        command.ErrorDetail = Reason;
        var message = InternalEvents.CommandUnknown(OutcomeMessages.Identity(command, transactionKey), command.Attempts, Reason, clocks.BusinessNow);
        await inbox.WriteAsync(db, Roles.Tower, [OutcomeMessages.Incoming(message, command.TraceParent)], cancellation);
        engine.Raise();
    }

    internal sealed record Candidate(long Id, long TransactionId);
}
