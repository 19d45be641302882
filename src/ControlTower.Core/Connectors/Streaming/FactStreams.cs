using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>
/// Keeps the streams of facts running. Every node runs its own; the broker distributes the facts among them.
/// </summary>
internal sealed class FactStreams(
    ConnectorRegistry registry, FactIntakes intakes, ConnectorActivity activity, Jitter jitter, TowerClocks clocks,
    ILogger<FactStreams> log)
    : ConnectorLoops(registry, jitter, clocks, log)
{
    protected override bool IsWanted(RegisteredConnector connector) => connector.Channel?.Stream is not null;

    protected override Task RunAsync(RegisteredConnector connector, Action existing, CancellationToken stopping) =>
        connector.Channel!.Stream!.RunAsync(
        intakes.For(connector, () =>
        {
            existing();
            activity.Polled(connector.Name, new PollResult([], null));
        }),
        stopping);

    protected override void Forgotten(string connector) => activity.Polled(connector, new PollResult([], null));

    protected override void Failed(RegisteredConnector connector, string sentence, bool isUnauthorised, int failures) =>
        activity.Polled(connector.Name, new PollResult([], null, sentence, isUnauthorised));
}
