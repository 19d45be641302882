using System.Text;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>Writes a cycle's rows through EF Core, on any database, in batches of its own.</summary>
internal static class PortableWriter
{
    public static async Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var transaction in writes.Transactions)
        {
            transaction.State = transaction.NewState is { } state ? Encoding.UTF8.GetString(state) : "";
            var entry = db.Attach(transaction);
            entry.State = EntityState.Modified;
            entry.Property(t => t.Version).OriginalValue = transaction.Version - 1;
            entry.Property(t => t.State).IsModified = transaction.NewState is not null;
        }

        foreach (var message in writes.Messages)
        {
            var entry = db.Attach(message);
            entry.Property(m => m.State).IsModified = true;
            entry.Property(m => m.DueAt).IsModified = true;
            entry.Property(m => m.Attempts).IsModified = true;
            entry.Property(m => m.DeferredSince).IsModified = true;
            entry.Property(m => m.ProcessedAt).IsModified = true;
        }

        foreach (var ids in writes.Arrived.Chunk(500))
        {
            await db.Arrivals.Where(a => ids.Contains(a.MessageId)).ExecuteDeleteAsync(cancellation);
        }

        db.AddRange(writes.Events);
        db.AddRange(writes.Commands);
        db.AddRange(writes.Publications);
        db.AddRange(writes.Audit);
        db.AddRange(writes.Counts.Rows());
        db.AddRange(writes.Sites);
        await WriteFewAsync(db, writes, cancellation);

        // The database gave the commands their numbers.
        db.AddRange(writes.Commands.Where(command => command.State == CommandState.Sending).Select(command =>
            new CommandAttempt
                { CommandId = command.Id, Number = command.Attempts, StartedAt = command.CreatedAt, Outcome = AttemptOutcome.UnderWay }));
        await SaveAsync(db, cancellation);
    }

    /// <summary>Rows whose ids are needed at once.</summary>
    public static async Task InsertAsync<TRow>(TowerDbContext db, IReadOnlyCollection<TRow> rows, CancellationToken cancellation)
        where TRow : class
    {
        db.AddRange(rows);
        await SaveAsync(db, cancellation);
    }

    /// <summary>Stores the case with its sites; the caller holds the gap of its key.</summary>
    public static Task InsertCaseAsync(TowerDbContext db, ExceptionCase about, CancellationToken cancellation)
    {
        db.Add(about);
        return db.SaveChangesAsync(cancellation);
    }

    /// <summary>What changes seldom: holds, changed cases, notes, retracted events, customers of orders.</summary>
    public static async Task WriteFewAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(writes.NewHolds);
        db.UpdateRange(writes.ChangedHolds);
        db.AddRange(writes.CaseSites);
        foreach (var changed in writes.ChangedCases)
        {
            var entry = db.Attach(changed);
            entry.State = EntityState.Modified;
            entry.Property(c => c.Version).OriginalValue = changed.Version - 1;
        }

        db.AddRange(writes.Notes);
        await SaveAsync(db, cancellation);
        foreach (var ids in writes.RetractedEvents.Chunk(500))
        {
            await db.TransactionEvents.Where(e => ids.Contains(e.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.Retracted, true), cancellation);
        }

        foreach (var link in writes.RemovedCustomerLinks)
        {
            await db.CustomerLinks.Where(l => l.Customer == link.Customer && l.TransactionId == link.TransactionId)
                .ExecuteDeleteAsync(cancellation);
        }
    }

    private static async Task SaveAsync(TowerDbContext db, CancellationToken cancellation)
    {
        if (db.ChangeTracker.Entries().Any(entry => entry.State != EntityState.Unchanged))
        {
            await db.SaveChangesAsync(cancellation);
        }

        db.ChangeTracker.Clear();
    }
}
