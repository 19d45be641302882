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
/// Replays a command. A rejected one is not sent again under its key: a person's fact allows it to be wanted again, and
/// Decide makes the next number. One with an unknown outcome is sent again where its target certainly keeps the key:
/// the same bytes under the same key. Elsewhere a person checks the target first and reports what they found.
/// </summary>
public sealed class CommandReplay(TowerClocks clocks, InboxWriter inbox, ConnectorRegistry? registry)
{
    /// <summary>
    /// Moves the latest command of the case's series by compare-and-set, or writes the fact, in the caller's
    /// transaction.
    /// </summary>
    internal async Task<RequeueResult> PutBackAsync(TowerDbContext db, ExceptionCase about, Actor actor, CancellationToken cancellation)
    {
        if (await LatestAsync(db, about, cancellation) is not { } command)
        {
            return RequeueResult.Refused(ReplayRefusals.NothingSent);
        }

        return Replayable.Refuse(about, command.State, null, polled: false) is { } refusal ? RequeueResult.Refused(refusal)
            : command.State == CommandState.OutcomeUnknown ? await RepeatAsync(db, command, cancellation)
            : await WantAgainAsync(db, command, actor, cancellation);
    }

    /// <summary>
    /// A command that waits for a person becomes accepted under the number that they saw in the target, and the fact of
    /// it goes into the inbox.
    /// </summary>
    internal async Task<RequeueResult> ConfirmAsync(
        TowerDbContext db, ExceptionCase about, string? externalId, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(externalId) || externalId.Length > Lengths.BusinessKey)
        {
            return RequeueResult.Refused(ReplayRefusals.NoNumber);
        }

        var (number, now) = (externalId.Trim(), clocks.SystemNow);
        var command = about.CommandId is null ? null : await LatestAsync(db, about, cancellation);
        if (command is null
            || await db.Commands.Where(c => c.Id == command.Id && c.State == CommandState.OutcomeUnknown).ExecuteUpdateAsync(
            set =>
                set.SetProperty(c => c.State, CommandState.Accepted)
                    .SetProperty(c => c.ExternalId, number)
                    .SetProperty(c => c.SettledAt, now),
            cancellation) == 0)
        {
            return RequeueResult.Refused(ReplayRefusals.OutcomeKnown);
        }

        await inbox.WriteAsync(db, BuiltInConnectors.People.Name,
            [await FactAsync(db, command,
                identity => InternalEvents.CommandAccepted(identity, number, null, clocks.BusinessNow, actor.Name), cancellation)],
                cancellation);
        return RequeueResult.Done($"{actor.Name} found it there as {number}; the order continues from here.");
    }

    /// <summary>
    /// A command that waits for a person is sent again, under the same key: they did not find it in the target. Its
    /// attempts count as without effect from now on.
    /// </summary>
    internal async Task<RequeueResult> SendAgainAsync(
        TowerDbContext db, ExceptionCase about, string? reason, Actor actor, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Lengths.Sentence)
        {
            return RequeueResult.Refused(ReplayRefusals.NoReason);
        }

        var command = about.CommandId is null ? null : await LatestAsync(db, about, cancellation);
        if (command?.State != CommandState.OutcomeUnknown)
        {
            return RequeueResult.Refused(ReplayRefusals.OutcomeKnown);
        }

        var said = $"{actor.Name} looked and did not find it: {reason.Trim()}".CutTo(Lengths.Sentence);
        await UnknownOutcomes.Open(db, [command.Id]).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Outcome, AttemptOutcome.FoundAbsent).SetProperty(a => a.Detail, said), cancellation);
        var put = await PutInLineAsync(db, command, cancellation);
        return put.Refusal is null ? RequeueResult.Done($"{said} {put.Message}".CutTo(Lengths.Sentence)) : put;
    }

    private async Task<RequeueResult> RepeatAsync(TowerDbContext db, OutboxCommand command, CancellationToken cancellation) =>
        await IsKnownThereAsync(db, command, cancellation)
            ? await PutInLineAsync(db, command, cancellation)
            : RequeueResult.Refused(ReplayRefusals.LookFirst);

    /// <summary>Whether the target certainly keeps the key, so that a second send is no second effect.</summary>
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
        var moved = await db.Commands.Where(c => c.Id == command.Id && c.State == CommandState.OutcomeUnknown).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CommandState.Pending).SetProperty(c => c.DueAt, now)
                .SetProperty(c => c.LeaseOwner, (string?)null).SetProperty(c => c.LeaseUntil, (DateTimeOffset?)null),
            cancellation);
        return moved == 0
            ? RequeueResult.Refused(ReplayRefusals.UnderWay)
            : RequeueResult.Done($"Being sent to {command.Connector} again, under the same key.");
    }

    private async Task<RequeueResult> WantAgainAsync(TowerDbContext db, OutboxCommand command, Actor actor, CancellationToken cancellation)
    {
        var fact = await FactAsync(
            db, command, identity => InternalEvents.CommandReplayed(identity, 1, clocks.BusinessNow, actor.Name), cancellation);
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
            key, command.Key, command.Kind, command.Document, command.Part, command.Number, command.ContentHash, command.Connector,
            command.Body));
        return IncomingEvent.Read(said, command.TraceParent, out var error) ?? throw new InvalidOperationException(error);
    }

    private static async Task<OutboxCommand?> LatestAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        var named = await db.Commands.AsNoTracking()
            .Where(c => c.Id == about.CommandId)
            .Select(c => new { c.TransactionId, c.Series })
            .SingleOrDefaultAsync(cancellation);
        return named is null ? null : await db.Commands.AsNoTracking()
            .Where(c => c.TransactionId == named.TransactionId && c.Series == named.Series)
            .OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancellation);
    }
}
