namespace ControlTower.Core.Connectors.Streaming;

/// <summary>Publishes milestones; one instance per channel.</summary>
public interface IMilestonePublisher
{
    /// <exception cref="StreamException">It could not be opened, or refuses publications.</exception>
    Task<IPublishingSession> OpenAsync(CancellationToken cancellation);

    /// <summary>One sentence for people: why what is published there reaches no subscriber.</summary>
    string WhyUnroutable(string address);
}

/// <summary>An open connection to publish over. Not safe for concurrent use.</summary>
public interface IPublishingSession : IAsyncDisposable
{
    /// <summary>
    /// Publishes in this order and waits until the other side has reported each outcome, or can no longer do so.
    /// </summary>
    Task<PublishResult> PublishAsync(IReadOnlyList<OutgoingMilestone> milestones, CancellationToken cancellation);
}

/// <param name="Id">By which a receiver recognises a repetition.</param>
/// <param name="Body">A CloudEvents event, UTF-8 JSON: the same bytes each time.</param>
public sealed record OutgoingMilestone(string Id, string Address, byte[] Body);

/// <param name="Outcomes">One for each, in order.</param>
/// <param name="Error">Why some are <see cref="PublishOutcome.Untold"/>; the session is of no more use then.</param>
public sealed record PublishResult(IReadOnlyList<PublishOutcome> Outcomes, StreamException? Error = null);

public enum PublishOutcome
{
    /// <summary>The other side confirmed it.</summary>
    Confirmed,

    /// <summary>The other side does not have it, because nothing there subscribes to this address.</summary>
    Unroutable,

    /// <summary>The outcome is unknown: it is published again, under the same id.</summary>
    Untold,
}
