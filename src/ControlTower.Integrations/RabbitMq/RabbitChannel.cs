using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>A broker: facts come from its queues, milestones go to its exchange.</summary>
internal sealed class RabbitChannel(Broker broker) : IConnectorChannel
{
    public IFactStream? Stream { get; } = broker.Settings.Queues.Count > 0 ? new QueueStream(broker) : null;

    public IMilestonePublisher? Publisher { get; } = broker.Settings.Exchange is { } exchange
        ? new MilestoneExchange(broker, exchange)
        : null;

    public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
        Task.FromResult(new SendResult(SendOutcome.Rejected, Code: "COMMAND_UNSUPPORTED",
            Detail: $"A broker takes no {command.Kind}; register the system itself for its commands."));

    public Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation) =>
        Task.FromResult(new PollResult([], cursor, "A broker is not polled; its queues are taken as facts come."));

    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => UnknownOutcomePolicy.Never;

    public ChannelPace Pace() => new(1, null, false);

    public Task<TestResult> TestAsync(CancellationToken cancellation) => RabbitTest.RunAsync(broker, cancellation);
}
