using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>Runs the streams of facts in this process.</summary>
internal sealed class FactStreamsWorker(FactStreams streams, TowerClocks clocks, ILogger<FactStreamsWorker> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    protected override string Failure => "The connections over which facts stream in could not be kept open; it is tried again in a second";

    protected override Task RunAsync(CancellationToken cancellation) => streams.TickAsync(cancellation);

    protected override Task EndAsync() => streams.StopAsync();
}
