using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ControlTower.Core.Persistence;

/// <summary>
/// A serialisable transaction whose level ends with it. SQL Server keeps the level on the connection, and its pool
/// passes it on: the next claim on that connection would be refused, because rows can be skipped under read committed
/// only.
/// </summary>
internal sealed class SerializableTransaction : IAsyncDisposable
{
    internal const string Reset = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private readonly TowerDbContext _db;
    private IDbContextTransaction? _transaction;

    private SerializableTransaction(TowerDbContext db) => _db = db;

    /// <summary>Rolled back when it is disposed without a commit.</summary>
    public static async Task<SerializableTransaction> BeginAsync(TowerDbContext db, CancellationToken cancellation)
    {
        // Held until the level is set back: closing it in between would give it to the pool.
        await db.Database.OpenConnectionAsync(cancellation);
        var begun = new SerializableTransaction(db);
        try
        {
            begun._transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
            return begun;
        }
        catch
        {
            await begun.DisposeAsync();
            throw;
        }
    }

    public Task CommitAsync(CancellationToken cancellation) => _transaction!.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
        }

        if (_db is SqlServerTowerDbContext)
        {
            await ResetAsync();
        }

        await _db.Database.CloseConnectionAsync();
    }

    private async Task ResetAsync()
    {
        try
        {
            await _db.Database.ExecuteSqlRawAsync(Reset, CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // A connection that cannot be reset must not be used again; an earlier error matters more than this one.
            SqlConnection.ClearPool((SqlConnection)_db.Database.GetDbConnection());
        }
    }
}
