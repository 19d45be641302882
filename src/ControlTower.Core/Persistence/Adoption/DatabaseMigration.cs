using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>Brings a database to this version.</summary>
public static class DatabaseMigration
{
    /// <summary>
    /// Makes what is not there yet, adopts a database of version 0.1.0, and applies the migrations that are pending.
    /// </summary>
    /// <exception cref="UnknownSchemaException">It was made by neither this version nor one that this one succeeds;
    /// nothing was changed.</exception>
    public static async Task<MigrationResult> RunAsync(TowerDbContext db, CancellationToken cancellation = default)
    {
        var applied = await AppliedAsync(db, cancellation);
        var adopts = MigrationHistory.HasUnknown(db, applied);
        if (adopts)
        {
            await new SchemaAdoption(db).RunAsync(cancellation);
            applied = await AppliedAsync(db, cancellation);
        }

        var pending = db.Database.GetMigrations().Except(applied).Count();
        if (pending > 0)
        {
            await db.Database.MigrateAsync(cancellation);
        }

        return new MigrationResult(adopts, pending);
    }

    private static async Task<IReadOnlyList<string>> AppliedAsync(TowerDbContext db, CancellationToken cancellation)
    {
        try
        {
            return [.. await db.Database.GetAppliedMigrationsAsync(cancellation)];
        }
        catch (Npgsql.PostgresException error) when (error.SqlState == Npgsql.PostgresErrorCodes.InvalidCatalogName)
        {
            return []; // The database itself is not there yet: migrating makes it.
        }
    }
}
