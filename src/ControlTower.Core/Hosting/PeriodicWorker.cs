using ControlTower.Core.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Hosting;

/// <summary>
/// Repeats one piece of work with a pause of system time between two runs, until the process ends. A run that fails is
/// line and tried again after the pause: nothing that it left undone is lost by that.
/// </summary>
public abstract class PeriodicWorker(TimeSpan pause, TowerClocks clocks, ILogger log) : BackgroundService
{
    /// <summary>What is logged about a run that failed.</summary>
    protected abstract string Failure { get; }

    /// <summary>How serious that is.</summary>
    protected virtual LogLevel LevelOf(Exception error) => LogLevel.Warning;

    /// <summary>One run.</summary>
    protected abstract Task RunAsync(CancellationToken cancellation);

    /// <summary>What ends with the worker.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first run does not hold up the start of the host.
        await Task.Yield();
        using var timer = new PeriodicTimer(pause, clocks.System);
        try
        {
            do
            {
                await TryAsync(RunAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }

        await TryAsync(_ => EndAsync(), CancellationToken.None);
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellation)
    {
        try
        {
            await step(cancellation);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            log.Log(LevelOf(error), error, "{Failure}", Failure);
        }
    }
}
