using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ControlTower.Core.Persistence;

/// <summary>
/// For <c>dotnet ef</c>, which needs a model and never connects:
/// <c>dotnet ef migrations add NAME -p src/ControlTower.Core -c PostgresTowerDbContext -o Persistence/Migrations/Postgres</c>.
/// </summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresTowerDbContext>
{
    public PostgresTowerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresTowerDbContext>().UseNpgsql("Host=design-time").Options);
}

/// <summary>As above with <c>-c SqlServerTowerDbContext -o Persistence/Migrations/SqlServer</c>.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerTowerDbContext>
{
    public SqlServerTowerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerTowerDbContext>().UseSqlServer("Server=design-time").Options);
}
