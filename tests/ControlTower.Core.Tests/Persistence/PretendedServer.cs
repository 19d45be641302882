using System.Data;
using System.Data.Common;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>
/// Contexts with the tower's own options whose connection is never opened: statements are recorded, and a test decides
/// their result.
/// </summary>
internal sealed class PretendedServer : IDbConnectionInterceptor, IDbTransactionInterceptor, IDbCommandInterceptor
{
    private static readonly DatabaseOptions Options = new() { ConnectionString = "Server=nowhere", Provider = DatabaseProvider.SqlServer };

    /// <summary>Begin, statements and end, in their order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The exception of a statement, if any.</summary>
    public Func<string, Exception?> Fails { get; init; } = _ => null;

    public SqlServerTowerDbContext Open()
    {
        var work = TowerDb.SqlServer(Options, SqlServerConnections.ForWork(Options));
        return new(new DbContextOptionsBuilder<SqlServerTowerDbContext>(work).AddInterceptors(this).Options);
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken) =>
        new(InterceptionResult.Suppress());

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken)
    {
        Said.Add($"BEGIN {eventData.IsolationLevel}");
        return new(InterceptionResult<DbTransaction>.SuppressWithResult(new Transaction(connection, eventData.IsolationLevel, Said)));
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken)
    {
        Note(command);
        return new(InterceptionResult<int>.SuppressWithResult(1));
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken)
    {
        Note(command);
        return new(InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader()));
    }

    private void Note(DbCommand command)
    {
        Said.Add(command.CommandText);
        if (Fails(command.CommandText) is { } failure)
        {
            throw failure;
        }
    }

    private sealed class Transaction(DbConnection connection, IsolationLevel level, List<string> said) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => level;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => said.Add("COMMIT");

        public override void Rollback() => said.Add("ROLLBACK");

        protected override void Dispose(bool disposing)
        {
            said.Add("END");
            base.Dispose(disposing);
        }
    }
}
