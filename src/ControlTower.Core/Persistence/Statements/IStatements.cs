using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// The statements where the databases differ or where set-based SQL is needed. Each runs on the context's connection
/// in its open transaction; none commits. Rows that are locked stay locked until that transaction ends; a crash
/// releases them unchanged.
/// </summary>
public interface IStatements
{
    /// <summary>
    /// Stores those events whose (connector, dedupe key) is new, in key order so that two writers of the same keys
    /// cannot deadlock.
    /// </summary>
    /// <returns>The keys that were new.</returns>
    Task<IReadOnlyList<MessageKey>> InsertMessagesAsync(
        TowerDbContext db, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation);

    /// <summary>
    /// Content hashes of the events of these keys, wherever they are kept: in the inbox or, after their retention time,
    /// among the events that were seen.
    /// </summary>
    Task<Dictionary<MessageKey, byte[]>> ContentHashesAsync(
        TowerDbContext db, IReadOnlyCollection<MessageKey> keys, CancellationToken cancellation);

    /// <summary>
    /// Pending messages, locked: first retried ones that are due, then arrivals, oldest first. Those that another
    /// worker holds are left out.
    /// </summary>
    Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Of these messages the pending ones, locked; those that another worker holds are left out.</summary>
    Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation);

    /// <summary>These transactions in the order of their ids, locked; waits for those that another worker holds.</summary>
    /// <param name="known">Versions whose state the caller has: their <c>State</c> may come back empty.</param>
    Task<List<TransactionRecord>> LockTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation);

    /// <summary>As above, always with their state.</summary>
    Task<List<TransactionRecord>> LockTransactionsAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        LockTransactionsAsync(db, ids, new Dictionary<long, int>(), cancellation);

    /// <summary>
    /// The person's row under a share lock: what changes their account, roles or scopes waits for this transaction, or is committed and
    /// read by what comes after. Null when there is no such person. Taken before every other lock.
    /// </summary>
    Task<TowerUser?> ShareLockUserAsync(TowerDbContext db, long id, CancellationToken cancellation);

    /// <summary>Stores new transactions and sets their ids.</summary>
    Task InsertTransactionsAsync(TowerDbContext db, IReadOnlyCollection<TransactionRecord> transactions, CancellationToken cancellation);

    /// <summary>
    /// Transactions that are due to be decided again, locked; those that another worker holds are left out.
    /// </summary>
    Task<List<TransactionRecord>> ClaimDueTransactionsAsync(
        TowerDbContext db, DateTimeOffset asOf, int limit, CancellationToken cancellation);

    /// <summary>Inserts the rows that are missing and locks all of them in the order of (value, kind).</summary>
    Task<List<DocumentReference>> LockReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<ReferenceKey> keys, CancellationToken cancellation);

    /// <summary>Links that are not there yet; known ones change nothing.</summary>
    Task InsertLinksAsync(TowerDbContext db, IReadOnlyCollection<ReferenceLink> links, CancellationToken cancellation);

    /// <summary>Customers of orders with what they are found by; known rows change nothing.</summary>
    Task InsertCustomersAsync(
        TowerDbContext db, IEnumerable<CustomerLink> links, IEnumerable<CustomerWord> words, CancellationToken cancellation);

    /// <summary>Defers messages on references; known pairs change nothing.</summary>
    Task InsertDeferredReferencesAsync(TowerDbContext db, IReadOnlyCollection<DeferredReference> deferred, CancellationToken cancellation);

    /// <summary>Retractions that are not there yet.</summary>
    Task InsertRetractionsAsync(TowerDbContext db, IReadOnlyCollection<Retraction> retractions, CancellationToken cancellation);

    /// <summary>
    /// Withdraws those commands that nobody attempted and no sender holds at this moment (compare-and-set).
    /// </summary>
    /// <returns>Ids of the commands that were withdrawn.</returns>
    Task<List<long>> WithdrawCommandsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Stores those cases, with their sites, whose key has no unresolved case, and sets their ids; the ids of the
    /// others stay 0. Waits for the commit of whoever is storing a case of the same key.
    /// </summary>
    /// <param name="cases">In the order of their keys.</param>
    Task InsertCasesAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation);

    /// <summary>Writes what a worker cycle changed; new cases that are not stored yet first.</summary>
    Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation);

    /// <summary>Writes position and hashes of audit entries that were read without tracking.</summary>
    Task SealAsync(TowerDbContext db, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation);

    /// <summary>
    /// Notifies the other nodes, once per batch, after its commit. A hint: on SQL Server there is none and polling is
    /// used.
    /// </summary>
    Task NotifyAsync(TowerDbContext db, CancellationToken cancellation);
}

/// <param name="DedupeKey">SHA-256 over source, a zero byte and id.</param>
public readonly record struct MessageKey(string Connector, byte[] DedupeKey) : IEquatable<MessageKey>
{
    public bool Equals(MessageKey other) =>
        string.Equals(Connector, other.Connector, StringComparison.Ordinal) && DedupeKey.AsSpan().SequenceEqual(other.DedupeKey);

    public override int GetHashCode() => HashCode.Combine(Connector, BitConverter.ToInt64(DedupeKey));
}

/// <summary>A number without its system: the row that linking and deferral lock.</summary>
public readonly record struct ReferenceKey(string Kind, string Value) : IComparable<ReferenceKey>
{
    public int CompareTo(ReferenceKey other)
    {
        var byValue = string.CompareOrdinal(Value, other.Value);
        return byValue != 0 ? byValue : string.CompareOrdinal(Kind, other.Kind);
    }
}
