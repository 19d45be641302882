using System.Threading.Channels;

namespace ControlTower.Sandbox.Outgoing;

/// <summary>
/// Facts that are sent to the tower in batches, in order unless the scenario disorders them, each until the tower has
/// taken it.
/// </summary>
internal sealed class PushOutlet(string connector, TowerClient tower, Position position, Disorder? disorder) : Outlet(connector)
{
    public const int MostPerBatch = 100;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GatherForDisorder = TimeSpan.FromMilliseconds(400);

    private readonly Channel<OutgoingFact> _queue = Channel.CreateUnbounded<OutgoingFact>(new() { SingleReader = true });
    private List<OutgoingFact> _stragglers = [];
    private int _offered;
    private int _collected;
    private int _taken = position.Value;

    public override int Unsent => Volatile.Read(ref _offered) - Volatile.Read(ref _taken);

    public override void Offer(byte[] content, bool together, Task written)
    {
        var fact = new OutgoingFact(_offered, content, together, written);
        Volatile.Write(ref _offered, _offered + 1);
        if (fact.Place >= position.Value)
        {
            _queue.Writer.TryWrite(fact);
        }
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (await Something(stop))
        {
            await Task.Delay(disorder is null ? Gather : GatherForDisorder, stop);
            var run = Collect();
            if (run.Count > 0)
            {
                _collected = run[^1].Place + 1;
                await run[^1].Written.WaitAsync(stop);
            }

            var held = disorder?.HoldBack(run) ?? [];
            List<OutgoingFact> all = [.. _stragglers, .. run];
            await Send(disorder is null ? all : disorder.Stir(all), stop);
            _stragglers = held;
            Advance(held.Count > 0 ? held.Min(fact => fact.Place) : _collected);
        }
    }

    /// <summary>Delayed facts are sent even when nothing follows them.</summary>
    private async Task<bool> Something(CancellationToken stop) => _stragglers.Count > 0 || await _queue.Reader.WaitToReadAsync(stop);

    /// <summary>
    /// Up to a batch, and one more where it belongs to the last; a few batches when the scenario disorders them.
    /// </summary>
    private List<OutgoingFact> Collect()
    {
        var run = new List<OutgoingFact>();
        var most = disorder is null ? MostPerBatch : 3 * MostPerBatch;
        while (_queue.Reader.TryPeek(out var fact) && (run.Count < most || fact.Together))
        {
            _queue.Reader.TryRead(out fact);
            run.Add(fact!);
        }

        return run;
    }

    private async Task Send(IReadOnlyList<OutgoingFact> facts, CancellationToken stop)
    {
        for (var from = 0; from < facts.Count;)
        {
            var to = Math.Min(facts.Count, from + MostPerBatch);
            while (to < facts.Count && facts[to].Together)
            {
                to++;
            }

            await tower.Deliver(Connector, EventBatch.Write([.. facts.Skip(from).Take(to - from)]), stop);
            from = to;
        }
    }

    private void Advance(int taken)
    {
        Volatile.Write(ref _taken, taken);
        position.Keep(taken);
    }
}
