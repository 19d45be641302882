using ControlTower.Core.Engine.Correlation;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>Records the result of each message, and maintains its case.</summary>
internal sealed class BatchMessages(MessageCases cases)
{
    public async Task SettleAsync(CycleContext cycle, List<BatchItem> items, CancellationToken cancellation)
    {
        var existing = await MessageCases.ReadAsync(
            cycle.Db, items.Where(item => item.WasTried).Select(item => item.Message.Id), cancellation);
        foreach (var item in items)
        {
            Settle(cycle, item, existing);
        }

        foreach (var ignored in items.Where(item => item.Message.State == InboxState.Ignored)
            .GroupBy(item => item.Ignored!, StringComparer.Ordinal))
        {
            await NoteAsync(cycle, ignored.Key, [.. ignored.Select(item => item.Message.Id)], cancellation);
        }

        var unparked = items.Where(item => item.Message is { DeferredSince: not null, State: not InboxState.Deferred })
            .Select(item => item.Message.Id).ToArray();
        if (unparked.Length > 0)
        {
            await MessageDeferral.ResumeMessagesAsync(cycle.Db, unparked, cancellation);
        }
    }

    private void Settle(CycleContext cycle, BatchItem item, Dictionary<string, ExceptionCase> existing)
    {
        var message = item.Message;
        if (item.IsHandedBack)
        {
            return;
        }

        if (item.IsRetracted)
        {
            Done(cycle, message, InboxState.Retracted);
            cases.Close(cycle, message, existing, "Closed by itself: its sender took the fact back.");
        }
        else if (item.Refusal is { } refusal)
        {
            message.Attempts++;
            Done(cycle, message, InboxState.Failed);
            cases.Open(cycle, message, existing, refusal.ReasonCode, refusal.Message, refusal.Field, refusal.Code);
        }
        else if (item.Ignored is { } why)
        {
            Done(cycle, message, InboxState.Ignored);
            cases.Close(cycle, message, existing, $"Closed by itself: {why}");
        }
        else if (item.IsUnplaced)
        {
            Defer(cycle, item, existing);
        }
        else
        {
            Done(cycle, message, InboxState.Applied);
            cases.Close(cycle, message, existing, "Closed by itself: the fact was applied.");
        }
    }

    /// <summary>
    /// An ambiguous fact becomes a case at once; an unknown number may still become known, and the sweep watches its
    /// deadline.
    /// </summary>
    private void Defer(CycleContext cycle, BatchItem item, Dictionary<string, ExceptionCase> existing)
    {
        item.Message.State = InboxState.Deferred;
        item.Message.DeferredSince ??= cycle.SystemNow;
        cycle.Writes.Settle(item.Message);
        if (item.Placement!.Kind == CorrelationKind.Ambiguous)
        {
            cases.Open(cycle, item.Message, existing, ReasonCodes.ReferenceAmbiguous, item.Placement.Why!, "data.references");
        }
    }

    private static Task NoteAsync(CycleContext cycle, string why, long[] messages, CancellationToken cancellation)
    {
        var note = why.CutTo(Lengths.Name);
        return cycle.Db.Inbox.Where(m => messages.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Note, note), cancellation);
    }

    private static void Done(CycleContext cycle, InboxMessage message, InboxState state)
    {
        message.State = state;
        message.ProcessedAt = cycle.SystemNow;
        cycle.Writes.Settle(message);
    }
}
