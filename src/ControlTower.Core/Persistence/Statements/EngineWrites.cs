using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>All rows that one worker cycle changes, gathered in memory and written in bulk.</summary>
public sealed class EngineWrites
{
    /// <summary>Changed rows; their ids are known, their versions raised. Without a new state it stays as it is stored.</summary>
    public List<TransactionRecord> Transactions { get; } = [];

    public List<TransactionEvent> Events { get; } = [];

    /// <summary>Events whose message was retracted.</summary>
    public List<long> RetractedEvents { get; } = [];

    public List<TransactionSite> Sites { get; } = [];

    /// <summary>Of transactions that are new or whose customer changed.</summary>
    public List<CustomerLink> CustomerLinks { get; } = [];

    /// <summary>Of transactions whose customer changed.</summary>
    public List<CustomerLink> RemovedCustomerLinks { get; } = [];

    /// <summary>Of customers that may not be stored yet.</summary>
    public List<CustomerWord> CustomerWords { get; } = [];

    public List<OutboxCommand> Commands { get; } = [];

    /// <summary>Milestones for connectors that publish them.</summary>
    public List<Publication> Publications { get; } = [];

    public List<TransactionHold> NewHolds { get; } = [];

    public List<TransactionHold> ChangedHolds { get; } = [];

    /// <summary>Written by <see cref="CaseInserts"/>; then only those are left that this cycle opened.</summary>
    public List<NewCase> NewCases { get; } = [];

    /// <summary>Of cases that were there before; a new case brings its own.</summary>
    public List<CaseSite> CaseSites { get; } = [];

    public List<ExceptionCase> ChangedCases { get; } = [];

    public List<CaseNote> Notes { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    /// <summary>What the counters of transactions change by.</summary>
    public CountChanges Counts { get; } = new();

    /// <summary>Messages whose rows change.</summary>
    public List<InboxMessage> Messages { get; } = [];

    /// <summary>Messages that are no arrivals any more.</summary>
    public List<long> Arrived { get; } = [];

    /// <summary>
    /// Records the result of a message of the batch. The row of one that is applied on arrival has it already.
    /// </summary>
    public void Settle(InboxMessage message)
    {
        if (message.IsArrival)
        {
            Arrived.Add(message.Id);
        }

        if (!message.IsArrival || message.State != InboxState.Applied)
        {
            Messages.Add(message);
        }
    }
}
