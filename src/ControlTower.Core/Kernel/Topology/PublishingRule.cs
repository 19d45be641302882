namespace ControlTower.Core.Kernel.Topology;

/// <summary>What a connector publishes, by its settings.</summary>
/// <param name="Milestones">Null for all.</param>
/// <param name="AddressOf">
/// Where one goes, as its kind names addresses: a routing key. The same for the same milestone.
/// </param>
public sealed record PublishingRule(IReadOnlySet<string>? Milestones, Func<PublishedMilestone, string> AddressOf);

/// <summary>What an address can be made of.</summary>
/// <param name="Milestone">Such as <c>shipment.delivered</c>.</param>
/// <param name="Stage">Of the transaction after it.</param>
/// <param name="Site">That the fact names, or null.</param>
/// <param name="Carrier">That the fact names, else the transaction's, or null.</param>
public sealed record PublishedMilestone(string Milestone, TransactionStage Stage, string? Site, string? Carrier, string LegalEntity);
