using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// One process migrates at a time. On PostgreSQL the lock of Entity Framework ends with each migration's transaction:
/// another process could apply the next one in between, and it would be applied twice. On SQL Server that lock lasts.
/// </summary>
internal sealed class MigrationTurn : IAsyncDisposable
{
    /// <summary>Any number that no other program takes in this database.</summary>
    private const long Key = 7_310_036_417;

    private readonly TowerDbContext? _held;

    private MigrationTurn(TowerDbContext? held) => _held = held;

    /// <summary>Waits for its turn; at once in a database that is not there yet.</summary>
    public static async Task<MigrationTurn> TakeAsync(TowerDbContext db, CancellationToken cancellation)
    {
        if (db.Provider() != DatabaseProvider.PostgreSQL || !await db.Database.CanConnectAsync(cancellation))
        {
            return new MigrationTurn(null);
        }

        await db.Database.OpenConnectionAsync(cancellation);
        await RunAsync(db, "pg_advisory_lock", cancellation);
        return new MigrationTurn(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await RunAsync(_held, "pg_advisory_unlock", CancellationToken.None);
            await _held.Database.CloseConnectionAsync();
        }
    }

    private static async Task RunAsync(TowerDbContext db, string function, CancellationToken cancellation)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT {function}({Key})";
        command.CommandTimeout = 0; // Another's migrations may take long.
        await command.ExecuteScalarAsync(cancellation);
    }
}
