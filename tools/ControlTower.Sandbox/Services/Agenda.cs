namespace ControlTower.Sandbox.Services;

/// <summary>
/// The planned facts of the landscape, by business time, then in the order of planning. Guarded by the floor's lock.
/// </summary>
internal sealed class Agenda : IDisposable
{
    private readonly PriorityQueue<PlannedFact, (DateTimeOffset Due, DateTimeOffset At, long Ordinal)> _queue = new();
    private readonly Dictionary<string, PlannedFact> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saidEarlier = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _ordinal;

    /// <summary>How many facts are planned and not yet sent.</summary>
    public int Count => _waiting.Count;

    /// <summary>How many of them belong to one system.</summary>
    public int CountOf(TradingSystem speaker) => _waiting.Values.Count(fact => fact.Speaker == speaker);

    /// <summary>
    /// Plans a fact. One that an earlier run sent is not sent again, but the facts that follow it are planned now.
    /// </summary>
    public void Add(PlannedFact fact)
    {
        if (_saidEarlier.Remove(fact.Id))
        {
            fact.Said();
        }
        else if (_waiting.TryAdd(fact.Id, fact))
        {
            Enqueue(fact, fact.At);
        }
    }

    /// <summary>Postpones a fact that was taken; its own time stays.</summary>
    public void Postpone(PlannedFact fact, DateTimeOffset due)
    {
        _waiting.Add(fact.Id, fact);
        Enqueue(fact, due);
    }

    /// <summary>
    /// An earlier run sent it. It may not be planned yet, when the entry it waits for is in a book that is read later.
    /// </summary>
    public void AlreadySaid(string id)
    {
        if (_waiting.Remove(id, out var fact))
        {
            fact.Said();
            return;
        }

        _saidEarlier.Add(id);
    }

    /// <summary>Removes a fact that will not happen.</summary>
    public void Withdraw(string id) => _waiting.Remove(id);

    /// <summary>The next fact that is due; null when none is.</summary>
    public PlannedFact? Take(DateTimeOffset now)
    {
        while (_queue.TryPeek(out var fact, out var priority) && priority.Due <= now)
        {
            _queue.Dequeue();
            if (_waiting.Remove(fact.Id))
            {
                return fact;
            }
        }

        return null;
    }

    /// <summary>When the next one is due; null when nothing is planned.</summary>
    public DateTimeOffset? Next() => _queue.TryPeek(out _, out var priority) ? priority.Due : null;

    /// <summary>Waits, for the given time at most, until something earlier was planned.</summary>
    public Task Woken(TimeSpan most, CancellationToken stop) => _wake.WaitAsync(most, stop);

    public void Dispose() => _wake.Dispose();

    private void Enqueue(PlannedFact fact, DateTimeOffset due)
    {
        var earlier = Next() is not { } next || due < next;
        _queue.Enqueue(fact, (due, fact.At, _ordinal++));
        if (earlier && _wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }
}
