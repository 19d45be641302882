using ControlTower.Core.Kernel;
using ControlTower.Core.Publishing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>Runs the streams of facts and the publishing of milestones in this process.</summary>
internal sealed class ConnectorLoopsWorker(FactStreams streams, MilestonePublishing publishing, TowerClocks clocks, ILogger<ConnectorLoopsWorker> log) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await streams.TickAsync(stoppingToken);
                await publishing.TickAsync(stoppingToken);
                await Task.Delay(Second, clocks.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogWarning(fault, "Keeping the connections of connectors open failed and goes on in a second");
                await Task.Delay(Second, clocks.System, CancellationToken.None);
            }
        }

        await Task.WhenAll(streams.StopAsync(), publishing.StopAsync());
    }
}
