using System.Text.Json;
using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services;

/// <summary>
/// One system of the landscape: its book, the keys it has received, and its facts. Subclasses decide and apply.
/// </summary>
internal abstract class TradingSystem(string name, Floor floor) : IAsyncDisposable
{
    private readonly Dictionary<string, KeyEntry> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(Outlet Outlet, string Subject), int> _sequences = [];
    private Journal? _journal;

    public string Name => name;

    /// <summary>How many commands are in the book, refused ones included.</summary>
    public int Commands => _keys.Count;

    public abstract IReadOnlyList<Outlet> Outlets { get; }

    /// <summary>Fails when the book cannot be written any more.</summary>
    public Task Failure => _journal!.Failure;

    protected Floor Floor => floor;

    /// <summary>Reads the book of an earlier run and opens it for writing.</summary>
    public void Open(string data)
    {
        lock (floor.Gate)
        {
            Begin();
            _journal = Journal.Open(Path.Combine(data, name + ".jsonl"), line => Recall(BookEntry.Parse(line.Span)));
        }
    }

    /// <summary>
    /// Answers a command: known keys as before, new ones by deciding. The answer is given when its entry is on disk.
    /// </summary>
    /// <returns>The answer and whether this was the first time.</returns>
    public async Task<(Answer Answer, bool First)> Handle(Command command)
    {
        KeyEntry entry;
        bool first;
        lock (floor.Gate)
        {
            first = !_keys.TryGetValue(command.Key, out var known);
            entry = known ?? Book(command);
        }

        await entry.Written;
        return entry.Hash == command.Hash ? (entry.Answer, first) : (Answers.KeyWithOtherContent(command.Key), false);
    }

    /// <summary>Sends a fact that is due. Called under the floor's lock.</summary>
    public void Say(PlannedFact planned)
    {
        if (planned.Build() is not { } fact)
        {
            return;
        }

        floor.Activity++;
        var sequence = NextSequence(planned.Outlet, fact.Subject);
        var content = CloudEvents.Write(planned, fact, sequence);
        var entry = new FactEntry(planned.Outlet.Connector, planned.Id, fact.Subject, fact.Together, content);
        var written = _journal!.Append(new BookEntry(null, entry).ToLine());
        planned.Outlet.Offer(Encode(content), fact.Together, written);
        planned.Said();
    }

    /// <summary>
    /// Everything the tower caused here, as JSON; of one order when <paramref name="order"/> is given. Called under the
    /// floor's lock.
    /// </summary>
    public abstract object Ledger(string? order);

    public async ValueTask DisposeAsync()
    {
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }
    }

    /// <summary>Plans what happens without a command; called before the book is read.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>The answer and the effect of a command. Changes nothing.</summary>
    protected abstract (Answer Answer, Effect? Effect) Decide(Command command);

    /// <summary>Changes the ledger and plans the facts that follow; the same in a first and in a later run.</summary>
    protected abstract void Apply(Effect effect);

    protected void Plan(
        Outlet outlet, DateTimeOffset at, string milestone, string subject, Func<Fact?> build, Action? said = null, string part = "") =>
        floor.Agenda.Add(new PlannedFact(this, outlet, at, $"{subject}/{milestone}{part}", build) { Said = said ?? (() => { }) });

    /// <summary>Removes the planned facts of a document.</summary>
    protected void Withdraw(string subject, params ReadOnlySpan<string> milestones)
    {
        foreach (var milestone in milestones)
        {
            floor.Agenda.Withdraw($"{subject}/{milestone}");
        }
    }

    private static byte[] Encode(JsonElement content) => JsonSerializer.SerializeToUtf8Bytes(content, Json.Options);

    private KeyEntry Book(Command command)
    {
        floor.Activity++;
        var (answer, decided) = Decide(command);
        var effect = decided?.CausedBy(command, floor.Clock.GetUtcNow());
        var line = new BookEntry(new CommandEntry(command.Key, command.Kind, command.Hash, answer, effect), null).ToLine();
        var entry = new KeyEntry(command.Hash, answer, _journal!.Append(line));
        _keys.Add(command.Key, entry);
        if (effect is not null)
        {
            Apply(effect);
        }

        return entry;
    }

    private void Recall(BookEntry entry)
    {
        if (entry.Command is { } command)
        {
            _keys[command.Key] = new KeyEntry(command.Hash, command.Answer, Task.CompletedTask);
            if (command.Effect is not null)
            {
                Apply(command.Effect);
            }
        }
        else if (entry.Fact is { } fact && Outlets.FirstOrDefault(outlet => outlet.Connector == fact.Connector) is { } outlet)
        {
            NextSequence(outlet, fact.Subject);
            outlet.Offer(Encode(fact.Event), fact.Together, Task.CompletedTask);
            floor.Agenda.AlreadySaid(fact.Id);
        }
    }

    private int NextSequence(Outlet outlet, string subject) =>
        _sequences[(outlet, subject)] = _sequences.GetValueOrDefault((outlet, subject)) + 1;

    private sealed record KeyEntry(string Hash, Answer Answer, Task Written);
}
