using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>
/// Keeps a loop running for every connector that wants one and is not paused: what fails is restarted with back-off,
/// what is changed is restarted.
/// Each is a connection that lasts, no periodic work; a periodic worker keeps them.
/// </summary>
internal abstract class ConnectorLoops(ConnectorRegistry registry, Jitter jitter, TowerClocks clocks, ILogger log)
{
    private const double FirstWaitSeconds = 0.5;
    private const double LongestWaitSeconds = 15;
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    protected abstract bool IsWanted(RegisteredConnector connector);

    /// <summary>
    /// One run: until it is stopped, or its connection breaks. Calls <paramref name="existing"/> when earlier trouble
    /// is over.
    /// </summary>
    protected abstract Task RunAsync(RegisteredConnector connector, Action existing, CancellationToken stopping);

    /// <param name="sentence">What went wrong, for people.</param>
    /// <param name="failures">In a row.</param>
    protected abstract void Failed(RegisteredConnector connector, string sentence, bool isUnauthorised, int failures);

    /// <summary>Its settings want no such loop any more: trouble that it had is over.</summary>
    protected abstract void Forgotten(string connector);

    /// <summary>Starts what is missing and stops what is no longer wanted. One caller at a time.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var all = await registry.AllAsync(cancellation);
        var wanted = all.Where(connector => !connector.Record.Paused && IsWanted(connector))
            .ToDictionary(connector => connector.Name, StringComparer.Ordinal);
        foreach (var (name, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(name, out var connector) || !ReferenceEquals(connector.Channel, running.Channel))
            {
                await running.Stop.CancelAsync();
            }

            if (running.Task.IsCompleted)
            {
                running.Stop.Dispose();
                _running.Remove(name);
                if (all.Any(one => one.Name == name && !one.Record.Paused && !IsWanted(one)))
                {
                    Forgotten(name);
                }
            }
        }

        foreach (var connector in wanted.Values.Where(connector => !_running.ContainsKey(connector.Name)))
        {
            var stop = new CancellationTokenSource();
            _running[connector.Name] = new Running(
                connector.Channel!, stop, Task.Run(() => SuperviseAsync(connector, stop.Token), CancellationToken.None));
        }
    }

    /// <summary>Stops all of them and waits until their running work has ended.</summary>
    public async Task StopAsync()
    {
        foreach (var running in _running.Values)
        {
            await running.Stop.CancelAsync();
        }

        await Task.WhenAll(_running.Values.Select(running => running.Task));
    }

    private async Task SuperviseAsync(RegisteredConnector connector, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RunAsync(connector, () => failures = 0, stopping);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Report(connector, error, ++failures);
                await WaitAsync(failures, stopping);
            }
            catch (Exception error)
            {
                log.LogDebug(error, "{Connector} was stopped", connector.Name);
            }
        }
    }

    private void Report(RegisteredConnector connector, Exception error, int failures)
    {
        var isTransient = TransientErrors.IsTransient(error);
        log.Log(error is StreamException || isTransient ? LogLevel.Warning : LogLevel.Error,
            "The connection of {Connector} broke and is opened again: {Error}", connector.Name, error.Message);
        var sentence = error is StreamException ? error.Message
            : isTransient ? "The tower's database could not be reached for a moment; nothing is lost."
            : $"It failed in a way that its kind does not know: {error.Message}";
        Failed(connector, sentence, error is StreamException { IsUnauthorised: true }, failures);
    }

    private async Task WaitAsync(int failures, CancellationToken stopping)
    {
        var longest = Math.Min(FirstWaitSeconds * Math.Pow(2, Math.Min(failures - 1, 10)), LongestWaitSeconds);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(longest * (0.5 + (jitter.Next() / 2))), clocks.System, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the caller's loop ends.
        }
    }

    private sealed record Running(IConnectorChannel Channel, CancellationTokenSource Stop, Task Task);
}
