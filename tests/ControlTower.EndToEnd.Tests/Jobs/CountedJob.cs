using ControlTower.Core.Hosting;

namespace ControlTower.EndToEnd.Tests.Jobs;

/// <summary>A job that counts its runs on all nodes, and lasts as long as a test holds it.</summary>
internal sealed class CountedJob(string name)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _running;

    public int Runs { get; private set; }

    public int MostAtOnce { get; private set; }

    public ScheduledJob Every(TimeSpan time) => new(name, time, RunAsync);

    public void End() => _end.TrySetResult();

    private async Task RunAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            (Runs, _running) = (Runs + 1, _running + 1);
            MostAtOnce = Math.Max(MostAtOnce, _running);
        }

        try
        {
            await _end.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }
}
