using System.Data.Common;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>A database that counts the statements of its readers.</summary>
internal sealed class CountedDb(ITowerDb tower, string connectionString) : ITowerDb
{
    private readonly Counter _counter = new();

    public int Statements => _counter.Count;

    DatabaseProvider ITowerDb.Provider => tower.Provider;

    IStatements ITowerDb.Statements => tower.Statements;

    public TowerDbContext CreateDbContext() => tower.CreateDbContext();

    public TowerDbContext CreateReader() => TestedDatabase.Open(connectionString, _counter);

    private sealed class Counter : DbCommandInterceptor
    {
        private int _count;

        public int Count => _count;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            return new(result);
        }
    }
}
