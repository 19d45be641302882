using ControlTower.Core.Connectors;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Replay;

/// <summary>
/// Puts a command back. A refused one is not sent again under its key: a person's fact says that it may be wanted again, and Decide makes the next number. One
/// in doubt is, where its target keeps the key for certain: the same bytes under the same key. Elsewhere a person looks there first and says what they found.
/// </summary>
public sealed class CommandReplay(TowerClocks clocks, InboxWriter inbox, ConnectorRegistry? registry)
{
    /// <summary>Moves the latest command of the case's stem by compare-and-set, or writes the fact, in the caller's transaction.</summary>
    internal async Task<RequeueResult> PutBackAsync(TowerDbContext db, ExceptionCase about, Actor actor, CancellationToken cancellation)
    {
        if (await LatestAsync(db, about, cancellation) is not { } command)
        {
            return RequeueResult.Refused(ReplayRefusals.NothingSent);
        }

        return Replayable.Refuse(about, command.State, null, polled: false) is { } refusal ? RequeueResult.Refused(refusal)
            : command.State == CommandState.Parked ? await RepeatAsync(db, command, cancellation)
            : await WantAgainAsync(db, command, actor, cancellation);
    }

    /// <summary>Parked becomes accepted under the number that a person saw in the target, and the fact of it goes into the inbox.</summary>
    internal async Task<RequeueResult> ConfirmAsync(TowerDbContext db, ExceptionCase about, string? externalId, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(externalId) || externalId.Length > Lengths.BusinessKey)
        {
            return RequeueResult.Refused(ReplayRefusals.NoNumber);
        }

        var (number, now) = (externalId.Trim(), clocks.SystemNow);
        var command = about.CommandId is null ? null : await LatestAsync(db, about, cancellation);
        if (command is null || await db.Commands.Where(c => c.Id == command.Id && c.State == CommandState.Parked).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CommandState.Accepted).SetProperty(c => c.ExternalId, number).SetProperty(c => c.SettledAt, now),
            cancellation) == 0)
        {
            return RequeueResult.Refused(ReplayRefusals.NotInDoubt);
        }

        await inbox.WriteAsync(db, BuiltInConnectors.People.Name, [await FactAsync(db, command, identity => InternalEvents.CommandAccepted(identity, number, null, clocks.BusinessNow, actor.Name), cancellation)], cancellation);
        return RequeueResult.Done($"{actor.Name} found it there as {number}; the order goes on from here.");
    }

    /// <summary>
    /// Parked waits to be sent again, under the same key: a person looked in the target and did not find it. Its attempts count as without effect from now on.
    /// </summary>
    internal async Task<RequeueResult> SendAgainAsync(TowerDbContext db, ExceptionCase about, string? reason, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Lengths.Sentence)
        {
            return RequeueResult.Refused(ReplayRefusals.NoReason);
        }

        var command = about.CommandId is null ? null : await LatestAsync(db, about, cancellation);
        if (command?.State != CommandState.Parked)
        {
            return RequeueResult.Refused(ReplayRefusals.NotInDoubt);
        }

        var said = $"{actor.Name} looked and did not find it: {reason.Trim()}".CutTo(Lengths.Sentence);
        await UnknownOutcomes.Open(db, [command.Id]).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Outcome, AttemptOutcome.FoundAbsent).SetProperty(a => a.Detail, said), cancellation);
        var put = await PutInLineAsync(db, command, cancellation);
        return put.Refusal is null ? RequeueResult.Done($"{said} {put.Said}".CutTo(Lengths.Sentence)) : put;
    }

    private async Task<RequeueResult> RepeatAsync(TowerDbContext db, OutboxCommand command, CancellationToken cancellation) =>
        await IsKnownThereAsync(db, command, cancellation) ? await PutInLineAsync(db, command, cancellation) : RequeueResult.Refused(ReplayRefusals.LookFirst);

    /// <summary>Whether the target keeps the key for certain, so that a second send is no second effect.</summary>
    private async Task<bool> IsKnownThereAsync(TowerDbContext db, OutboxCommand command, CancellationToken cancellation)
    {
        if (registry is null)
        {
            return true;
        }

        var doubts = new UnknownOutcomes(registry, clocks);
        return !(await doubts.OfAsync(db, [command], cancellation)).TryGetValue(command.Id, out var doubt)
            || await doubts.PolicyAsync(command, doubt, cancellation) == UnknownOutcomePolicy.NativeKey;
    }

    private async Task<RequeueResult> PutInLineAsync(TowerDbContext db, OutboxCommand command, CancellationToken cancellation)
    {
        var now = clocks.SystemNow;
        var moved = await db.Commands.Where(c => c.Id == command.Id && c.State == CommandState.Parked).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CommandState.Pending).SetProperty(c => c.DueAt, now)
                .SetProperty(c => c.LeaseOwner, (string?)null).SetProperty(c => c.LeaseUntil, (DateTimeOffset?)null),
            cancellation);
        return moved == 0 ? RequeueResult.Refused(ReplayRefusals.UnderWay) : RequeueResult.Done($"Being sent to {command.Connector} again, under the same key.");
    }

    private async Task<RequeueResult> WantAgainAsync(TowerDbContext db, OutboxCommand command, Actor actor, CancellationToken cancellation)
    {
        var fact = await FactAsync(db, command, identity => InternalEvents.CommandReplayed(identity, 1, clocks.BusinessNow, actor.Name), cancellation);
        var people = BuiltInConnectors.People.Name;
        if (await Archive.FindEventAsync(db, people, fact.DedupeKey, cancellation) is not null)
        {
            return RequeueResult.Refused(ReplayRefusals.UnderWay);
        }

        await inbox.WriteAsync(db, people, [fact], cancellation);
        return RequeueResult.Done($"Going to {command.Connector} again.");
    }

    private static async Task<IncomingEvent> FactAsync(
        TowerDbContext db, OutboxCommand command, Func<CommandIdentity, byte[]> say, CancellationToken cancellation)
    {
        var key = await db.Transactions.Where(t => t.Id == command.TransactionId).Select(t => t.Key).SingleAsync(cancellation);
        var said = say(new CommandIdentity(
            key, command.Key, command.Kind, command.Document, command.Slice, command.Number, command.ContentHash, command.Connector, command.Body));
        return IncomingEvent.Read(said, command.TraceParent, out var error) ?? throw new InvalidOperationException(error);
    }

    private static async Task<OutboxCommand?> LatestAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        var named = await db.Commands.AsNoTracking().Where(c => c.Id == about.CommandId).Select(c => new { c.TransactionId, c.Stem }).SingleOrDefaultAsync(cancellation);
        return named is null ? null : await db.Commands.AsNoTracking()
            .Where(c => c.TransactionId == named.TransactionId && c.Stem == named.Stem)
            .OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancellation);
    }
}
