using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Testing;

/// <summary>The tower's contexts on a connection string.</summary>
public static class TowerContexts
{
    public static PostgresTowerDbContext Postgres(string connectionString)
        => new(new DbContextOptionsBuilder<PostgresTowerDbContext>().UseNpgsql(connectionString).Options);

    public static SqlServerTowerDbContext SqlServer(string connectionString)
        => new(new DbContextOptionsBuilder<SqlServerTowerDbContext>().UseSqlServer(connectionString).Options);

    internal static async Task MigrateAsync(string connectionString)
    {
        await using var context = Postgres(connectionString);
        await ApplyAsync(context);
    }

    internal static async Task ApplyAsync(TowerDbContext context)
    {
        // A model without migrations is a draft: its tables are created from the model.
        if (context.Database.GetMigrations().Any())
        {
            await context.Database.MigrateAsync();
        }
        else
        {
            await context.Database.EnsureCreatedAsync();
        }
    }
}
