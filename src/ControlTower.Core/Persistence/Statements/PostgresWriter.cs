using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Writes a cycle's rows by arrays where there are many; the few others go the portable way.</summary>
internal static class PostgresWriter
{
    private static readonly UnnestInsert<TransactionRecord> Transactions = new UnnestInsert<TransactionRecord>("transaction")
        .Big("id", t => t.Id)
        .Utf8("state", t => t.NewState)
        .Integer("state_format", t => t.StateFormat)
        .Integer("version", t => t.Version)
        .Big("policy_version", t => t.PolicyVersion)
        .Small("stage", t => (short)t.Stage)
        .Small("health", t => (short)t.Health)
        .Text("legal_entity", t => t.LegalEntity)
        .Text("region", t => t.Region)
        .Text("customer_id", t => t.CustomerId)
        .Text("customer_name", t => t.CustomerName)
        .Text("segment", t => t.Segment)
        .Text("carrier", t => t.Carrier)
        .Text("currency", t => t.Currency)
        .Money("amount", t => t.Amount)
        .Money("invoiced", t => t.Invoiced)
        .Money("posted", t => t.Posted)
        .Money("held", t => t.Held)
        .Flag("late", t => t.Late)
        .Flag("at_risk", t => t.AtRisk)
        .Instant("ordered_at", t => t.OrderedAt)
        .Instant("requested_delivery", t => t.RequestedDelivery)
        .Instant("shipped_at", t => t.ShippedAt)
        .Instant("delivered_at", t => t.DeliveredAt)
        .Instant("next_look_at", t => t.NextLookAt)
        .Instant("updated_at", t => t.UpdatedAt);

    /// <summary>As an order's first fact makes it; the columns that Decide fills follow with the cycle's writes.</summary>
    internal static readonly UnnestInsert<TransactionRecord> NewTransactions = new UnnestInsert<TransactionRecord>("transaction")
        .Text("key", t => t.Key)
        .Text("erp_system", t => t.ErpSystem)
        .Text("order_number", t => t.OrderNumber)
        .Text("state", t => t.State)
        .Integer("state_format", t => t.StateFormat)
        .Integer("version", t => t.Version)
        .Big("policy_version", t => t.PolicyVersion)
        .Small("stage", t => (short)t.Stage)
        .Small("health", t => (short)t.Health)
        .Text("legal_entity", t => t.LegalEntity)
        .Text("customer_id", t => t.CustomerId)
        .Text("currency", t => t.Currency)
        .Money("amount", t => t.Amount)
        .Money("invoiced", t => t.Invoiced)
        .Money("posted", t => t.Posted)
        .Money("held", t => t.Held)
        .Flag("late", t => t.Late)
        .Flag("at_risk", t => t.AtRisk)
        .Instant("updated_at", t => t.UpdatedAt)
        .Instant("created_at", t => t.CreatedAt)
        .Text("correlation_id", t => t.CorrelationId);

    private static readonly string UpdateTransactions =
        $"UPDATE transaction t SET {Assignments(Transactions.Columns).Replace("= rows.state,", "= COALESCE(rows.state, t.state),", StringComparison.Ordinal)} FROM {Transactions.Source} WHERE t.id = rows.id AND t.version = rows.version - 1";

    private static readonly UnnestInsert<InboxMessage> Messages = new UnnestInsert<InboxMessage>("inbox_message")
        .Big("id", m => m.Id)
        .Small("state", m => (short)m.State)
        .Instant("due_at", m => m.DueAt)
        .Integer("attempts", m => m.Attempts)
        .Instant("parked_since", m => m.ParkedSince)
        .Instant("processed_at", m => m.ProcessedAt);

    private static readonly string UpdateMessages =
        $"UPDATE inbox_message t SET {Assignments(Messages.Columns)} FROM {Messages.Source} WHERE t.id = rows.id";

    private static readonly UnnestInsert<long> Arrivals = new UnnestInsert<long>("inbox_arrival").Big("message_id", id => id);

    private const string DeleteArrivals = "DELETE FROM inbox_arrival WHERE message_id = ANY(@p0)";

    private static readonly UnnestInsert<TransactionSite> Sites = new UnnestInsert<TransactionSite>("transaction_site")
        .Big("transaction_id", s => s.TransactionId)
        .Text("site", s => s.Site);

    private static readonly UnnestInsert<TransactionEvent> Events = new UnnestInsert<TransactionEvent>("transaction_event")
        .Big("transaction_id", e => e.TransactionId)
        .Big("message_id", e => e.MessageId)
        .Text("connector", e => e.Connector)
        .Text("milestone", e => e.Milestone)
        .Text("subject", e => e.Subject)
        .Big("sequence", e => e.Sequence)
        .Instant("time", e => e.Time)
        .Instant("recorded_at", e => e.RecordedAt)
        .Text("fact", e => e.Fact)
        .Flag("witness", e => e.Witness)
        .Flag("retracted", e => e.Retracted);

    private static readonly UnnestInsert<OutboxCommand> Commands = CommandRows();

    /// <summary>Those that leave with this commit, with the first attempt of each.</summary>
    private static readonly UnnestInsert<OutboxCommand> Leaving = CommandRows()
        .Big("id", c => c.Id)
        .Text("lease_owner", c => c.LeaseOwner)
        .Instant("lease_until", c => c.LeaseUntil);

    private static readonly UnnestInsert<OutboxCommand> FirstAttempts = new UnnestInsert<OutboxCommand>("command_attempt")
        .Big("command_id", c => c.Id)
        .Integer("number", c => c.Attempts)
        .Instant("started_at", c => c.CreatedAt)
        .Small("outcome", _ => (short)AttemptOutcome.UnderWay);

    private static readonly UnnestInsert<Publication> Publications = new UnnestInsert<Publication>("publication")
        .Text("connector", p => p.Connector)
        .Text("event_id", p => p.EventId)
        .Text("address", p => p.Address)
        .Bytes("body", p => p.Body)
        .Small("state", p => (short)p.State)
        .Flag("retried", p => p.Retried)
        .Instant("created_at", p => p.CreatedAt);

    private static readonly UnnestInsert<AuditEntry> Unsealed = Entries();

    private static readonly UnnestInsert<AuditEntry> Sealed = Entries()
        .Big("id", a => a.Id)
        .Big("sequence", a => a.Sequence)
        .Bytes("previous_hash", a => a.PreviousHash)
        .Bytes("hash", a => a.Hash);

    private static readonly UnnestInsert<TransactionCount> Counts = new UnnestInsert<TransactionCount>("transaction_count")
        .Instant("hour", c => c.Hour)
        .Text("sites", c => c.Sites)
        .Text("legal_entity", c => c.LegalEntity)
        .Text("currency", c => c.Currency)
        .Small("stage", c => (short)c.Stage)
        .Small("health", c => (short)c.Health)
        .Integer("count", c => c.Count)
        .Money("amount", c => c.Amount)
        .Money("invoiced", c => c.Invoiced)
        .Money("posted", c => c.Posted)
        .Money("held", c => c.Held)
        .Integer("held_count", c => c.HeldCount);

    public static async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        await UpdateAsync(db, Transactions, UpdateTransactions, writes.Transactions, cancellation);
        await Events.ExecuteAsync(db, writes.Events, cancellation);
        await Sites.ExecuteAsync(db, writes.Sites, cancellation);
        await Commands.ExecuteAsync(db, writes.Commands.FindAll(command => command.State != CommandState.Sending), cancellation);
        await WriteLeavingAsync(db, writes.Commands.FindAll(command => command.State == CommandState.Sending), cancellation);
        await Publications.ExecuteAsync(db, writes.Publications, cancellation);
        await Sealed.ExecuteAsync(db, writes.Audit.FindAll(entry => entry.Sequence is not null), cancellation);
        await Unsealed.ExecuteAsync(db, writes.Audit.FindAll(entry => entry.Sequence is null), cancellation);
        await Counts.ExecuteAsync(db, writes.Counts.Rows(), cancellation);
        await UpdateAsync(db, Messages, UpdateMessages, writes.Messages, cancellation);
        await UpdateAsync(db, Arrivals, DeleteArrivals, writes.Arrived, cancellation);
        await PortableWriter.WriteFewAsync(db, writes, cancellation);
    }

    /// <summary>The attempt names its command, so the ids are taken from the sequence beforehand.</summary>
    private static async Task WriteLeavingAsync(TowerDbContext db, List<OutboxCommand> commands, CancellationToken cancellation)
    {
        if (commands.Count == 0)
        {
            return;
        }

        var ids = await db.Database.SqlQuery<long>($"SELECT nextval('outbox_command_id_seq') AS \"Value\" FROM generate_series(1, {commands.Count})").ToListAsync(cancellation);
        for (var i = 0; i < ids.Count; i++)
        {
            commands[i].Id = ids[i];
        }

        await Leaving.ExecuteAsync(db, commands, cancellation);
        await FirstAttempts.ExecuteAsync(db, commands, cancellation);
    }

    private static UnnestInsert<OutboxCommand> CommandRows() => new UnnestInsert<OutboxCommand>("outbox_command")
        .Big("transaction_id", c => c.TransactionId)
        .Text("kind", c => c.Kind)
        .Text("document", c => c.Document)
        .Text("slice", c => c.Slice)
        .Text("stem", c => c.Stem)
        .Integer("number", c => c.Number)
        .Text("key", c => c.Key)
        .Text("connector", c => c.Connector)
        .Text("site", c => c.Site)
        .Text("legal_entity", c => c.LegalEntity)
        .Bytes("body", c => c.Body)
        .Text("content_hash", c => c.ContentHash)
        .Money("amount", c => c.Amount)
        .Text("currency", c => c.Currency)
        .Small("state", c => (short)c.State)
        .Small("priority", c => (short)c.Priority)
        .Instant("rank_at", c => c.RankAt)
        .Instant("due_at", c => c.DueAt)
        .Integer("attempts", c => c.Attempts)
        .Big("policy_version", c => c.PolicyVersion)
        .Instant("created_at", c => c.CreatedAt)
        .Instant("settled_at", c => c.SettledAt)
        .Text("trace_parent", c => c.TraceParent);

    private static UnnestInsert<AuditEntry> Entries() => new UnnestInsert<AuditEntry>("audit_entry")
        .Small("chain", a => a.Chain)
        .Instant("at", a => a.At)
        .Text("actor", a => a.Actor)
        .Text("actor_kind", a => a.ActorKind)
        .Text("act", a => a.Act)
        .Text("object_type", a => a.ObjectType)
        .Text("object_key", a => a.ObjectKey)
        .Text("transaction_key", a => a.TransactionKey)
        .Text("reason", a => a.Reason)
        .Text("before", a => a.Before)
        .Text("after", a => a.After);

    /// <summary>A row that is not found where it should be was changed without its lock: the whole cycle is undone and done again.</summary>
    private static async Task UpdateAsync<TRow>(
        TowerDbContext db, UnnestInsert<TRow> arrays, string sql, List<TRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = arrays.Command(db, rows, sql);
        var changed = await command.ExecuteNonQueryAsync(cancellation);
        if (changed != rows.Count)
        {
            throw new DbUpdateConcurrencyException($"{rows.Count - changed} of {rows.Count} rows were changed by somebody else.");
        }
    }

    private static string Assignments(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Where(c => c != "id").Select(c => $"{c} = rows.{c}"));
}
