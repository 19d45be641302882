using ControlTower.Core.Inbox;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>Facts that come over a connection which stays open: a broker's queues. One instance per channel;
/// <see cref="FactStreams"/> keeps it running.</summary>
public interface IFactStream
{
    /// <summary>
    /// Connects, and passes on what arrives until it is stopped; then completes what is in progress and returns. What
    /// was passed on may be acknowledged to the other side once <see cref="IFactIntake.AcceptAsync"/> has succeeded,
    /// and not before: after a crash the other side delivers it again.
    /// </summary>
    /// <exception cref="StreamException">The connection failed or broke; it is opened again after a while.</exception>
    Task RunAsync(IFactIntake intake, CancellationToken stopping);
}

/// <summary>Where a stream puts what it receives.</summary>
public interface IFactIntake
{
    /// <summary>The connection is open and everything is subscribed: earlier trouble is over.</summary>
    void Current();

    /// <summary>
    /// Stores the bodies: events in the inbox, what is no event as an open case with its bytes. When the task succeeds
    /// all of them are committed. An exception means that some may not be, and the same bodies may be passed again;
    /// they are duplicates then. Waits as the connector's <c>inboundPerSecond</c> requires.
    /// </summary>
    Task<AcceptResult> AcceptAsync(IReadOnlyList<StreamedBody> bodies, CancellationToken cancellation);
}

/// <summary>One body as it came.</summary>
/// <param name="Body">Must be one CloudEvents event in JSON.</param>
/// <param name="TraceParent">W3C traceparent of its arrival.</param>
/// <param name="Error">Why it is not to be read as an event, in one sentence; null to read it.</param>
public sealed record StreamedBody(byte[] Body, string? TraceParent = null, string? Error = null);

/// <summary>The connection of a stream, or a publisher's, failed. The message is one sentence for people.</summary>
public sealed class StreamException(string message, bool isUnauthorised = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The other side refused our credentials or our rights.</summary>
    public bool IsUnauthorised { get; } = isUnauthorised;
}
