using ControlTower.Core.Persistence.Adoption;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.EndToEnd.Tests.Persistence.Adoption;

/// <summary>Catalog and history of a test's database.</summary>
internal static class Catalogs
{
    public static async Task<IReadOnlyList<string>> ReadAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        return await DatabaseCatalog.ReadAsync(db, "dbo", CancellationToken.None);
    }

    public static async Task<IReadOnlyList<string>> HistoryAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return [.. await db.Database.GetAppliedMigrationsAsync()];
    }

    public static async Task RecordAsync(TestDatabase database, string migration)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(db.GetService<IHistoryRepository>().GetInsertScript(new HistoryRow(migration, "10.0.15")));
    }

    public static async Task ForgetAsync(TestDatabase database, string migration)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(db.GetService<IHistoryRepository>().GetDeleteScript(migration));
    }
}
