using ControlTower.Core.Canonical;
using ControlTower.Core.Inbox;

namespace ControlTower.Core.Outbox;

/// <summary>The outcome of a command as a message of the tower to itself: a fact like any other.</summary>
internal static class OutcomeMessages
{
    /// <summary>The message for a closing, or null where nothing is decided yet.</summary>
    public static byte[]? For(Closing closing, string transactionKey, DateTimeOffset at)
    {
        var identity = Identity(closing.Command, transactionKey);
        return closing.State switch
        {
            CommandState.Accepted => InternalEvents.CommandAccepted(identity, closing.ExternalId, closing.Result.References, at),
            CommandState.Rejected => InternalEvents.CommandRejected(identity, closing.Code, closing.Detail, at),
            CommandState.Parked => InternalEvents.CommandUnknown(identity, closing.Command.Attempts, closing.Detail, at),
            _ => null,
        };
    }

    public static CommandIdentity Identity(OutboxCommand command, string transactionKey) => new(
        transactionKey, command.Key, command.Kind, command.Document, command.Slice, command.Number, command.ContentHash, command.Connector, command.Body);

    /// <exception cref="InvalidOperationException">The tower wrote an event that it cannot read: a bug.</exception>
    public static IncomingEvent Incoming(byte[] message, string traceParent) =>
        IncomingEvent.Read(message, traceParent, out var fault) ?? throw new InvalidOperationException($"The tower's own message is no event: {fault}");
}
