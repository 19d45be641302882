using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>One piece of the outbox's work that is done every second, see <see cref="OutboxLoops"/>.</summary>
/// <param name="failure">What is logged when it fails.</param>
/// <param name="end">What is done when the process ends.</param>
internal sealed class OutboxLoop(
    string failure, Func<CancellationToken, Task> run, Func<Task> end, TowerClocks clocks, ILogger<OutboxLoop> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    /// <summary>A bug is an error; a database that is away is not.</summary>
    public static LogLevel Level(Exception error) => TransientErrors.IsTransient(error) ? LogLevel.Warning : LogLevel.Error;

    protected override string Failure => failure;

    protected override LogLevel LevelOf(Exception error) => Level(error);

    protected override Task RunAsync(CancellationToken cancellation) => run(cancellation);

    protected override Task EndAsync() => end();
}
