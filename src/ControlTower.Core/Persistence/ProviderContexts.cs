using ControlTower.Core.Transactions;
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
    }
}

/// <summary>The model on SQL Server; owner of the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerTowerDbContext(DbContextOptions<SqlServerTowerDbContext> options) : TowerDbContext(options)
{
    protected override string BinaryCollation => "Latin1_General_100_BIN2_UTF8";
}
