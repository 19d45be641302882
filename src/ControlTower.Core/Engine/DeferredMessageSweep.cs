using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// Looks after deferred messages: wakes those whose number has been linked meanwhile or that were retracted, and opens
/// cases for those that waited longer than allowed. Work that a crash undoes is repeated.
/// </summary>
internal sealed class DeferredMessageSweep(
    ITowerDb database, CycleContexts contexts, MessageCases cases, InboxOptions options, EngineAnnouncer announcer, EngineSignal signal)
{
    private const int MostAtOnce = 200;

    public async Task SweepNowAsync(CancellationToken cancellation = default)
    {
        if (await ResumeAsync(cancellation) > 0)
        {
            signal.Raise();
        }

        await OpenCasesAsync(cancellation);
    }

    private async Task<int> ResumeAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var stranded = (await Linked(db).Take(MostAtOnce).ToListAsync(cancellation))
            .Concat(await TakenBack(db).Take(MostAtOnce).ToListAsync(cancellation)).Distinct().Order().ToArray();
        var woken = stranded.Length == 0 ? 0 : await MessageDeferral.ResumeMessagesAsync(db, stranded, cancellation);
        await transaction.CommitAsync(cancellation);
        return woken;
    }

    /// <summary>Cases for messages that were not correlated in time. An existing case keeps its content.</summary>
    private async Task OpenCasesAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var context = await contexts.CreateAsync(db, cancellation);
        var late = await LockLateAsync(db, context.SystemNow.AddSeconds(-options.DeferralPatienceSeconds), cancellation);
        if (late.Count == 0)
        {
            return;
        }

        foreach (var message in late)
        {
            cases.Open(context, message, [], ReasonCodes.ReferenceUnknown, Sentence(message), "data.references");
        }

        await database.Statements.WriteAsync(db, context.Writes, cancellation);
        await transaction.CommitAsync(cancellation);
        await announcer.AnnounceAsync(new Change([], [.. context.Writes.NewCases.Select(c => c.Case.Id)]), cancellation);
    }

    /// <summary>Locked, so that the engine does not take one meanwhile and open a case of another reason.</summary>
    private static async Task<List<InboxMessage>> LockLateAsync(TowerDbContext db, DateTimeOffset before, CancellationToken cancellation)
    {
        var ids = await Late(db, before).Select(m => m.Id).Take(MostAtOnce).ToListAsync(cancellation);
        if (ids.Count == 0)
        {
            return [];
        }

        // An update takes the rows' locks on both databases.
        await db.Inbox.Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DeferredSince, m => m.DeferredSince), cancellation);
        return await Late(db, before).Where(m => ids.Contains(m.Id)).ToListAsync(cancellation);
    }

    /// <summary>
    /// Deferred although one of its numbers got a link after the deferral. A message waiting on a number that was
    /// linked before stays.
    /// </summary>
    internal static IQueryable<long> Linked(TowerDbContext db) =>
        from message in db.Inbox
        where message.State == InboxState.Deferred
            && db.DeferredReferences.Any(p => p.MessageId == message.Id && db.ReferenceLinks.Any(l => l.ReferenceId == p.ReferenceId))
            && !db.Cases.Any(c => c.MessageId == message.Id && c.Origin == CaseOrigin.Message && c.State < CaseState.Resolved)
        orderby message.DeferredSince
        select message.Id;

    internal static IQueryable<long> TakenBack(TowerDbContext db) =>
        from retraction in db.Retractions
        join message in db.Inbox on new { retraction.Connector, retraction.DedupeKey } equals new { message.Connector, message.DedupeKey }
        where message.State == InboxState.Deferred
        select message.Id;

    internal static IQueryable<InboxMessage> Late(TowerDbContext db, DateTimeOffset before) =>
        db.Inbox.AsNoTracking()
            .Where(m => m.State == InboxState.Deferred && m.DeferredSince < before
                && !db.Cases.Any(c =>
                    c.MessageId == m.Id && c.Origin == CaseOrigin.Message && c.State < CaseState.Resolved && c.Payload == null))
            .OrderBy(m => m.DeferredSince).ThenBy(m => m.Id);

    private static string Sentence(InboxMessage message) =>
        $"{message.Connector} sent {message.Type} about {message.Subject ?? "no subject"}, and none of its numbers is known yet.";
}
