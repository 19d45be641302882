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

        return new MigrationResult(adopts, Pending(db, applied) == 0 ? 0 : await ApplyAsync(db, cancellation));
    }

    private static async Task<int> ApplyAsync(TowerDbContext db, CancellationToken cancellation)
    {
        await using var turn = await MigrationTurn.TakeAsync(db, cancellation);
        var pending = Pending(db, await AppliedAsync(db, cancellation));
        await db.Database.MigrateAsync(cancellation);
        return pending;
    }

    private static int Pending(TowerDbContext db, IReadOnlyList<string> applied) => db.Database.GetMigrations().Except(applied).Count();

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
