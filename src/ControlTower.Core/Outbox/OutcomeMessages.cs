using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Outbox;

/// <summary>The outcome of a command as a message of the tower to itself: a fact like any other.</summary>
internal static class OutcomeMessages
{
    /// <summary>The messages for attempt completions with a final outcome.</summary>
    public static async Task<List<(string Connector, IncomingEvent Event)>> OfAsync(
        TowerDbContext db, IReadOnlyCollection<AttemptCompletion> closings, DateTimeOffset at, CancellationToken cancellation)
    {
        var keys = await KeysAsync(
            db, [.. closings.Select(closing => closing.Command).Where(command => command.TransactionKey is null)], cancellation);
        return [.. closings.Select(closing => (
            Roles.Tower,
            Incoming(
                For(closing, closing.Command.TransactionKey ?? keys[closing.Command.TransactionId], at)!, closing.Command.TraceParent)))];
    }

    /// <summary>The keys alone: a transaction's state is large.</summary>
    private static async Task<Dictionary<long, string>> KeysAsync(
        TowerDbContext db, List<OutboxCommand> commands, CancellationToken cancellation)
    {
        var ids = commands.Select(command => command.TransactionId).Distinct().ToList();
        return ids.Count == 0
            ? []
            : await db.Transactions.Where(t => ids.Contains(t.Id))
                .Select(t => new { t.Id, t.Key })
                .ToDictionaryAsync(t => t.Id, t => t.Key, cancellation);
    }

    /// <summary>The message for an attempt completion, or null where nothing is decided yet.</summary>
    public static byte[]? For(AttemptCompletion closing, string transactionKey, DateTimeOffset at)
    {
        var identity = Identity(closing.Command, transactionKey);
        return closing.State switch
        {
            CommandState.Accepted => InternalEvents.CommandAccepted(identity, closing.ExternalId, closing.Result.References, at),
            CommandState.Rejected => InternalEvents.CommandRejected(identity, closing.Code, closing.Detail, at),
            CommandState.OutcomeUnknown => InternalEvents.CommandUnknown(identity, closing.Command.Attempts, closing.Detail, at),
            _ => null,
        };
    }

    public static CommandIdentity Identity(OutboxCommand command, string transactionKey) => new(
        transactionKey, command.Key, command.Kind, command.Document, command.Part, command.Number, command.ContentHash, command.Connector,
        command.Body);

    /// <exception cref="InvalidOperationException">The tower wrote an event that it cannot read: a bug.</exception>
    public static IncomingEvent Incoming(byte[] message, string traceParent) =>
        IncomingEvent.Read(message, traceParent, out var error)
            ?? throw new InvalidOperationException($"The tower's own message is no event: {error}");
}
