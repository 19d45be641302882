using System.Runtime.CompilerServices;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// The bulk statements of PostgreSQL, built once for a model. What a statement leaves out is named here, with its
/// reason.
/// </summary>
internal sealed class PostgresTables(IModel model)
{
    private static readonly ConditionalWeakTable<IModel, PostgresTables> Cache = [];

    /// <summary>
    /// An order's first fact inserts it; the columns that Decide fills follow with the cycle's writes.
    /// </summary>
    public UnnestInsert<TransactionRecord> NewTransactions { get; } = ModelColumns.AllExcept<TransactionRecord>(model,
        nameof(TransactionRecord.Id), nameof(TransactionRecord.Region), nameof(TransactionRecord.CustomerName),
        nameof(TransactionRecord.Segment),
        nameof(TransactionRecord.Carrier), nameof(TransactionRecord.OrderedAt), nameof(TransactionRecord.RequestedDelivery),
        nameof(TransactionRecord.ShippedAt), nameof(TransactionRecord.DeliveredAt), nameof(TransactionRecord.NextLookAt),
        nameof(TransactionRecord.CommandsArchivedAt));

    /// <summary>
    /// What founds a transaction never changes; housekeeping alone writes when its commands were archived.
    /// </summary>
    public UnnestInsert<TransactionRecord> Transactions { get; } = ModelColumns.AllExcept<TransactionRecord>(model,
        nameof(TransactionRecord.Key), nameof(TransactionRecord.ErpSystem), nameof(TransactionRecord.OrderNumber),
        nameof(TransactionRecord.CommandsArchivedAt), nameof(TransactionRecord.CreatedAt), nameof(TransactionRecord.CorrelationId))
        .Replace("state", transaction => transaction.NewState);

    public string UpdateTransactions => field ??= UpdateOf(Transactions).Replace(
        "state = rows.state,", "state = COALESCE(rows.state, t.state),", StringComparison.Ordinal) + " AND t.version = rows.version - 1";

    public UnnestInsert<TransactionSite> Sites { get; } = ModelColumns.AllExcept<TransactionSite>(model);

    public UnnestInsert<TransactionEvent> Events { get; } = ModelColumns.AllExcept<TransactionEvent>(model, nameof(TransactionEvent.Id));

    public UnnestInsert<TransactionCount> Counts { get; } = ModelColumns.AllExcept<TransactionCount>(model, nameof(TransactionCount.Id));

    /// <summary>A message counts as applied from the start; the cycle that takes it writes what differs.</summary>
    public UnnestInsert<InboxMessage> NewMessages { get; } = ModelColumns.AllExcept<InboxMessage>(model,
        nameof(InboxMessage.Id), nameof(InboxMessage.DeferredSince), nameof(InboxMessage.ProcessedAt), nameof(InboxMessage.Note))
        .Replace("state", _ => (short)InboxState.Applied);

    public UnnestInsert<InboxMessage> Messages { get; } = ModelColumns.Only<InboxMessage>(model,
        nameof(InboxMessage.Id), nameof(InboxMessage.State), nameof(InboxMessage.DueAt), nameof(InboxMessage.Attempts),
        nameof(InboxMessage.DeferredSince), nameof(InboxMessage.ProcessedAt));

    public string UpdateMessages => field ??= UpdateOf(Messages);

    /// <summary>Inserts new events with their arrivals, counts them, and returns the keys of those that were new.</summary>
    public string InsertMessages => field ??= $"""
        WITH stored AS (
            INSERT INTO inbox_message ({string.Join(", ", NewMessages.Columns)}) SELECT * FROM {NewMessages.Source}
            WHERE NOT EXISTS (SELECT 1 FROM seen_event s WHERE s.connector = rows.connector AND s.dedupe_key = rows.dedupe_key)
            ON CONFLICT (connector, dedupe_key) DO NOTHING RETURNING id, connector, dedupe_key, received_at, accepted_at),
        arrived AS (
            INSERT INTO inbox_arrival (message_id, connector, received_at, accepted_at) SELECT id, connector, received_at, accepted_at FROM stored),
        counted AS ({ConnectorHourStatements.Received})
        SELECT connector, dedupe_key FROM stored
        """;

    /// <summary>Commands that wait: no lease, and nothing known of an answer.</summary>
    public UnnestInsert<OutboxCommand> Commands { get; } = ModelColumns.AllExcept<OutboxCommand>(model,
        nameof(OutboxCommand.Id), nameof(OutboxCommand.LeaseOwner), nameof(OutboxCommand.LeaseUntil), nameof(OutboxCommand.Lookups),
        nameof(OutboxCommand.ExternalId), nameof(OutboxCommand.ErrorCode), nameof(OutboxCommand.ErrorDetail));

    /// <summary>Commands that are written with their lease, under ids that their attempts name.</summary>
    public UnnestInsert<OutboxCommand> EagerCommands { get; } = ModelColumns.AllExcept<OutboxCommand>(model,
        nameof(OutboxCommand.Lookups), nameof(OutboxCommand.ExternalId), nameof(OutboxCommand.ErrorCode),
        nameof(OutboxCommand.ErrorDetail));

    /// <summary>Attempts that begin: their end is written with their outcome.</summary>
    public UnnestInsert<CommandAttempt> Attempts { get; } = ModelColumns.AllExcept<CommandAttempt>(model,
        nameof(CommandAttempt.Id), nameof(CommandAttempt.EndedAt), nameof(CommandAttempt.HttpStatus), nameof(CommandAttempt.Detail));

    public UnnestInsert<Publication> Publications { get; } = ModelColumns.AllExcept<Publication>(model, nameof(Publication.Id));

    /// <summary>Entries that wait for the sealer, which gives them their place.</summary>
    public UnnestInsert<AuditEntry> UnsealedEntries { get; } = ModelColumns.AllExcept<AuditEntry>(model,
        nameof(AuditEntry.Id), nameof(AuditEntry.Sequence), nameof(AuditEntry.PreviousHash), nameof(AuditEntry.Hash));

    public UnnestInsert<AuditEntry> SealedEntries { get; } = ModelColumns.AllExcept<AuditEntry>(model);

    public UnnestInsert<ExceptionCase> Cases { get; } = ModelColumns.AllExcept<ExceptionCase>(model, nameof(ExceptionCase.Id));

    public UnnestInsert<CaseSite> CaseSites { get; } = ModelColumns.AllExcept<CaseSite>(model);

    public UnnestInsert<ReferenceLink> Links { get; } = ModelColumns.AllExcept<ReferenceLink>(model);

    public UnnestInsert<CustomerLink> CustomerLinks { get; } = ModelColumns.AllExcept<CustomerLink>(model);

    public UnnestInsert<CustomerWord> CustomerWords { get; } = ModelColumns.AllExcept<CustomerWord>(model);

    public UnnestInsert<DeferredReference> DeferredReferences { get; } = ModelColumns.AllExcept<DeferredReference>(model);

    public UnnestInsert<Retraction> Retractions { get; } = ModelColumns.AllExcept<Retraction>(model);

    public UnnestInsert<ArchivedMessage> ArchivedMessages { get; } = ModelColumns.AllExcept<ArchivedMessage>(model);

    public UnnestInsert<SeenEvent> SeenEvents { get; } = ModelColumns.AllExcept<SeenEvent>(model);

    public static PostgresTables For(TowerDbContext db) => Cache.GetValue(db.Model, static model => new PostgresTables(model));

    /// <summary>Sets every column but the id.</summary>
    private static string UpdateOf<TRow>(UnnestInsert<TRow> rows)
    {
        var assignments = string.Join(", ", rows.Columns.Where(column => column != "id").Select(column => $"{column} = rows.{column}"));
        return $"UPDATE {rows.Table} t SET {assignments} FROM {rows.Source} WHERE t.id = rows.id";
    }
}
