using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Writes the results of attempts: commands, attempts, the outcome messages and the facts that responses brought, in
/// one transaction. A crash before its commit leaves the attempts open; their leases end and their outcome is unknown.
/// </summary>
internal sealed class CompletionTransaction(
    ITowerDb database, IOutboxStatements statements, InboxWriter inbox, UnreadableEvents unreadable, AttemptCompletionRules rules,
    EngineSignal engine, TowerClocks clocks, SenderName owner)
{
    public async Task WriteAsync(IReadOnlyList<AttemptEnded> ended, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var closings = await CloseAsync(db, ended, cancellation);
        var changed = (await statements.SettleAsync(db, owner.Name, clocks.SystemNow, closings, cancellation)).ToHashSet();
        var told = closings.FindAll(closing => closing.IsReported && changed.Contains(closing.Command.Id));
        var messages = await OutcomeMessages.OfAsync(db, told, clocks.BusinessNow, cancellation);
        var broken = new List<(string Connector, byte[] Body, string Error)>();
        closings.ForEach(closing => AddFacts(closing, messages, broken));

        if (messages.Count > 0)
        {
            await inbox.WriteAsync(db, messages, cancellation);
        }

        await unreadable.OpenAsync(db, broken, cancellation);
        await transaction.CommitAsync(cancellation);
        if (messages.Count > 0)
        {
            engine.Raise();
        }
    }

    private async Task<List<AttemptCompletion>> CloseAsync(
        TowerDbContext db, IReadOnlyList<AttemptEnded> ended, CancellationToken cancellation)
    {
        var many = ended.Where(e => rules.NeedsCount(e.Command, e.Result)).Select(e => e.Command.Id).ToList();
        var counts = many.Count == 0 ? [] : await db.Attempts
            .Where(a => many.Contains(a.CommandId) && a.Outcome == AttemptOutcome.Unknown)
            .GroupBy(a => a.CommandId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var now = clocks.SystemNow;
        return [.. ended.Select(e => rules.Close(e.Command, e.Result, e.Policy, counts.GetValueOrDefault(e.Command.Id) + 1, now))];
    }

    /// <summary>Facts in a response are the connector's own, as if it had pushed them.</summary>
    private static void AddFacts(
        AttemptCompletion closing, List<(string Connector, IncomingEvent Event)> messages,
        List<(string Connector, byte[] Body, string Error)> broken)
    {
        foreach (var fact in closing.Result.Facts ?? [])
        {
            if (EventReading.Read(fact, closing.Command.TraceParent, out var error) is { } incoming)
            {
                messages.Add((closing.Command.Connector, incoming));
            }
            else
            {
                broken.Add((closing.Command.Connector, fact, error!));
            }
        }
    }
}
