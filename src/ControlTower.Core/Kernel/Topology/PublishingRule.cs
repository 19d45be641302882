using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Decisions.SalesOrders;


namespace ControlTower.Core.Kernel.Topology;

/// <summary>What a connector publishes, by its settings.</summary>
/// <param name="Milestones">Null for all.</param>
/// <param name="AddressOf">Where one goes, in the words of its kind: a routing key. The same for the same milestone.</param>
public sealed record PublishingRule(IReadOnlySet<string>? Milestones, Func<PublishedMilestone, string> AddressOf);

/// <summary>What an address can be made of.</summary>
/// <param name="Milestone">Such as <c>shipment.delivered</c>.</param>
/// <param name="Stage">Of the transaction after it.</param>
/// <param name="Site">That the fact names, or null.</param>
/// <param name="Carrier">That the fact names, else the transaction's, or null.</param>
public sealed record PublishedMilestone(string Milestone, TransactionStage Stage, string? Site, string? Carrier, string LegalEntity);

/// <summary>Publishes milestones; one instance per channel.</summary>
public interface IMilestonePublisher
{
    /// <exception cref="StreamFaultException">It could not be opened, or refuses to be published to.</exception>
    Task<IPublishingSession> OpenAsync(CancellationToken cancellation);

    /// <summary>One sentence for people: why what is published there reaches nobody.</summary>
    string WhyUnroutable(string address);
}

/// <summary>An open connection to publish over. Not safe for concurrent use.</summary>
public interface IPublishingSession : IAsyncDisposable
{
    /// <summary>Publishes in this order and waits until the other side has said of each what became of it, or can no longer be asked.</summary>
    Task<PublishResult> PublishAsync(IReadOnlyList<OutgoingMilestone> milestones, CancellationToken cancellation);
}

/// <param name="Id">By which whoever receives it twice knows it again.</param>
/// <param name="Body">A CloudEvents event, UTF-8 JSON: the same bytes each time.</param>
public sealed record OutgoingMilestone(string Id, string Address, byte[] Body);

/// <param name="Outcomes">One for each, in order.</param>
/// <param name="Fault">Why some are <see cref="PublishOutcome.Untold"/>; the session is of no more use then.</param>
public sealed record PublishResult(IReadOnlyList<PublishOutcome> Outcomes, StreamFaultException? Fault = null);

public enum PublishOutcome
{
    /// <summary>The other side has it, for certain.</summary>
    Confirmed,

    /// <summary>It has it not, for nobody there wants what goes to this address.</summary>
    Unroutable,

    /// <summary>It may have it or not: published again, under the same id.</summary>
    Untold,
}
