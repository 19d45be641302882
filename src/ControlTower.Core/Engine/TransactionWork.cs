using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Engine;

/// <summary>
/// A transaction whose row this cycle has locked: what exists, what the batch adds, and the decision on it.
/// </summary>
internal sealed class TransactionWork(TransactionRecord record, TransactionState state, bool isNew)
{
    public TransactionRecord Record { get; } = record;

    public TransactionState State { get; set; } = state;

    /// <summary>Created by this cycle: nothing of it exists yet.</summary>
    public bool IsNew { get; } = isNew;

    public List<CommandRow> Commands { get; } = [];

    public List<TransactionHold> Holds { get; } = [];

    /// <summary>Its condition cases, resolved ones too.</summary>
    public List<ExceptionCase> Cases { get; } = [];

    public HashSet<string> Sites { get; } = new(StringComparer.Ordinal);

    /// <summary>Facts that the batch merged, by their ids: a condition names the one it is about.</summary>
    public Dictionary<string, long> MessagesByEvent { get; } = new(StringComparer.Ordinal);

    /// <summary>Facts of the batch; kept only where milestones are published.</summary>
    public List<NewFact> NewFacts { get; } = [];

    public Decision Decision { get; set; } = null!;

    /// <summary>A command could not be withdrawn because a sender holds it: decided again at once.</summary>
    public bool DecideAgain { get; set; }

    public string Key => Record.Key;
}

/// <summary>A fact that the batch merged.</summary>
/// <param name="IsChange">
/// It changed the state; false for one that came after a later report of the same milestone.
/// </param>
internal sealed record NewFact(Fact Fact, string Json, bool IsChange);

/// <summary>What the diff needs of a command; its body stays where it is.</summary>
internal sealed record CommandRow(
    long Id, long TransactionId, string Series, int Number, string Key, string Connector, string ContentHash, CommandState State,
    int Attempts);
