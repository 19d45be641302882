using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>The model on PostgreSQL; owner of the migrations in <c>Migrations/Postgres</c>.</summary>
public sealed class PostgresTowerDbContext(DbContextOptions<PostgresTowerDbContext> options) : TowerDbContext(options)
{
    protected override string BinaryCollation => "C";
}

/// <summary>The model on SQL Server; owner of the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerTowerDbContext(DbContextOptions<SqlServerTowerDbContext> options) : TowerDbContext(options)
{
    protected override string BinaryCollation => "Latin1_General_100_BIN2_UTF8";
}
