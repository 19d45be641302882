using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>
/// Keeps the streams of all connectors running that are not paused: what fails is opened again with back-off, what is changed is opened anew. Every node does
/// so for itself; the broker shares the facts out among them.
/// </summary>
internal sealed class FactStreams(ConnectorRegistry registry, FactIntakes intakes, ConnectorActivity activity, Jitter jitter, TowerClocks clocks, ILogger<FactStreams> log)
{
    private const double FirstWaitSeconds = 0.5;
    private const double LongestWaitSeconds = 15;
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>Starts what is missing and stops what is no longer wanted. One caller at a time.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var wanted = (await registry.AllAsync(cancellation))
            .Where(connector => connector is { Channel.Stream: not null, Record.Paused: false })
            .ToDictionary(connector => connector.Name, StringComparer.Ordinal);
        foreach (var (name, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(name, out var connector) || !ReferenceEquals(connector.Channel, running.Channel))
            {
                running.Stop.Cancel();
            }

            if (running.Task.IsCompleted)
            {
                running.Stop.Dispose();
                _running.Remove(name);
            }
        }

        foreach (var connector in wanted.Values.Where(connector => !_running.ContainsKey(connector.Name)))
        {
            var stop = new CancellationTokenSource();
            _running[connector.Name] = new Running(connector.Channel!, stop, Task.Run(() => SuperviseAsync(connector, stop.Token), CancellationToken.None));
        }
    }

    /// <summary>Stops all of them and waits until they have settled what was under way.</summary>
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
                var intake = intakes.Of(connector, () =>
                {
                    failures = 0;
                    activity.Polled(connector.Name, new PollResult([], null));
                });
                await connector.Channel!.Stream!.RunAsync(intake, stopping);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Tell(connector.Name, fault);
                await WaitAsync(++failures, stopping);
            }
            catch (Exception fault)
            {
                log.LogDebug(fault, "The stream of {Connector} was stopped", connector.Name);
            }
        }
    }

    private void Tell(string connector, Exception fault)
    {
        log.Log(fault is StreamFaultException || TransientFaults.IsTransient(fault) ? LogLevel.Warning : LogLevel.Error, "The stream of {Connector} broke and is opened again: {Fault}", connector, fault.Message);
        var sentence = fault is StreamFaultException ? fault.Message
            : TransientFaults.IsTransient(fault) ? "Facts could not be stored for a moment; they wait in the queue."
            : $"Receiving facts failed: {fault.Message}";
        activity.Polled(connector, new PollResult([], null, sentence, fault is StreamFaultException { IsUnauthorised: true }));
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
