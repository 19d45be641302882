using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>The model on PostgreSQL; owner of the migrations in <c>Migrations/Postgres</c>.</summary>
public sealed class PostgresTowerDbContext(DbContextOptions<PostgresTowerDbContext> options) : TowerDbContext(options)
{
    protected override string BinaryCollation => "C";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // Rewritten with every fact: LZ4 packs it in a tenth of pglz's time. Every server since version 14 has it.
        builder.Entity<TransactionRecord>().Property(t => t.State).UseCompressionMethod("lz4");
        Promises.Index(builder, "late", "at_risk");
    }
}

/// <summary>The model on SQL Server; owner of the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerTowerDbContext(DbContextOptions<SqlServerTowerDbContext> options) : TowerDbContext(options)
{
    protected override string BinaryCollation => "Latin1_General_100_BIN2_UTF8";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        Promises.Index(builder, "late = 1", "at_risk = 1");

        // A table with a trigger takes no OUTPUT clause that goes to the client: EF Core asks for numbers another way when it knows.
        builder.Entity<OutboxCommand>().ToTable(table => table.HasTrigger(ContentGuard.Trigger));
    }
}

/// <summary>
/// A list of the late orders, or of those at risk, reads only these. Each database has its own test of a flag.
/// </summary>
file static class Promises
{
    public static void Index(ModelBuilder builder, string isLate, string isAtRisk)
    {
        builder.Entity<TransactionRecord>().HasIndex(t => new { t.UpdatedAt, t.Id }, "ix_transaction_late").HasFilter(isLate);
        builder.Entity<TransactionRecord>()
            .HasIndex(t => new { t.Stage, t.UpdatedAt, t.Id }, "ix_transaction_late_stage")
            .HasFilter(isLate);
        builder.Entity<TransactionRecord>().HasIndex(t => new { t.UpdatedAt, t.Id }, "ix_transaction_at_risk").HasFilter(isAtRisk);
    }
}
