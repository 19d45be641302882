using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Outbox;

internal sealed record ClaimRequest(
    string Connector, long PolicyVersion, DateTimeOffset Now, string Owner, DateTimeOffset LeaseUntil, int Limit)
{
    /// <summary>
    /// Whether <see cref="CommandRevalidator"/> revalidates this command before it is sent: it moves money, was decided
    /// under another version, or was tried before.
    /// </summary>
    public bool IsRevalidated(OutboxCommand command) =>
        CommandKinds.MovesMoney(command.Kind) || command.PolicyVersion != PolicyVersion || command.Attempts > 0;

    /// <summary>The command as it is under this request's lease.</summary>
    public void Take(OutboxCommand command)
    {
        command.State = CommandState.Sending;
        command.LeaseOwner = Owner;
        command.LeaseUntil = LeaseUntil;
        command.PolicyVersion = PolicyVersion;
        command.Attempts++;
    }
}

/// <summary>
/// The outbox's statements where the databases differ. Each runs on the context's connection; those that lock need its
/// open transaction and none commits.
/// </summary>
internal interface IOutboxStatements
{
    /// <summary>
    /// Reads the first due commands by dispatch priority. Those that need no revalidation are taken: state, lease and
    /// attempt row in one statement, atomic also without a transaction of the caller. Rows that another sender holds
    /// are left out, and everything while the connector is paused.
    /// </summary>
    /// <returns>
    /// The taken ones, which are <see cref="CommandState.Sending"/>, and, unchanged, those to be revalidated first, by
    /// dispatch priority.
    /// </returns>
    Task<List<OutboxCommand>> ClaimAsync(TowerDbContext db, ClaimRequest request, CancellationToken cancellation);

    /// <summary>Of these transactions those that nobody holds, locked, in the order of their ids.</summary>
    /// <param name="known">Versions whose state the caller has: their <c>State</c> may come back empty.</param>
    Task<List<TransactionRecord>> LockFreeTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation);

    /// <summary>Of these commands those that still wait and nobody holds, locked and tracked.</summary>
    Task<List<OutboxCommand>> LockPendingAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation);

    /// <summary>Marks locked commands as being sent and writes their attempts.</summary>
    Task BeginAsync(TowerDbContext db, IReadOnlyList<OutboxCommand> commands, ClaimRequest request, CancellationToken cancellation);

    /// <summary>Commands whose lease is over, locked and tracked; those that another sweep holds are left out.</summary>
    Task<List<OutboxCommand>> LockExpiredAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>
    /// Writes the results of attempts, each only while its command is still this owner's attempt (compare-and-set). A
    /// definite response that arrives after the command was left to a person counts too.
    /// </summary>
    /// <returns>Ids of the commands that were changed.</returns>
    Task<List<long>> SettleAsync(
        TowerDbContext db, string owner, DateTimeOffset now, IReadOnlyList<AttemptCompletion> closings, CancellationToken cancellation);
}
