using ControlTower.Core.Inbox;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>Facts that come over a connection which stays open: a broker's queues. One instance per channel; <see cref="FactStreams"/> keeps it running.</summary>
public interface IFactStream
{
    /// <summary>
    /// Connects, and hands on what comes until it is stopped; then settles what is under way and ends well. What was handed on may be acknowledged to the other
    /// side once <see cref="IFactIntake.AcceptAsync"/> ended well, and not before: a crash leaves it there, to come again.
    /// </summary>
    /// <exception cref="StreamException">The connection failed or broke; it is opened again after a while.</exception>
    Task RunAsync(IFactIntake intake, CancellationToken stopping);
}

/// <summary>Where a stream puts what it receives.</summary>
public interface IFactIntake
{
    /// <summary>The connection stands and everything is asked for: earlier trouble is over.</summary>
    void Standing();

    /// <summary>
    /// Keeps the bodies: events in the inbox, what is no event as an open case with its bytes. When the task ends well all of them are committed; a error says
    /// that some may not be, and the same bodies may be given again, which are duplicates then. Waits as the connector's <c>inboundPerSecond</c> says.
    /// </summary>
    Task<AcceptResult> AcceptAsync(IReadOnlyList<StreamedBody> bodies, CancellationToken cancellation);
}

/// <summary>One body as it came.</summary>
/// <param name="Body">Shall be one CloudEvents event in JSON.</param>
/// <param name="TraceParent">W3C traceparent of its arrival.</param>
/// <param name="Fault">Why it is not to be read as an event, in one sentence; null to read it.</param>
public sealed record StreamedBody(byte[] Body, string? TraceParent = null, string? Fault = null);

/// <summary>The connection of a stream, or a publisher's, failed. The message is one sentence for people.</summary>
public sealed class StreamException(string message, bool isUnauthorised = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The other side refused our credentials or our rights.</summary>
    public bool IsUnauthorised { get; } = isUnauthorised;
}
