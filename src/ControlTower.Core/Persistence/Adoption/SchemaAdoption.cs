using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// Brings a database of version 0.1.0 to the schema of <c>Initial</c> and marks it as having that. One transaction,
/// under the lock of migrations: the database is either adopted or as it was.
/// </summary>
internal sealed class SchemaAdoption(TowerDbContext db)
{
    private const string NotAsLeft = "The database is not as version 0.1.0 left it and was not changed";
    private const int MostNamed = 5;
    private readonly IHistoryRepository _history = db.GetService<IHistoryRepository>();

    /// <exception cref="UnknownSchemaException">It has another history, or differs from <c>Initial</c>
    /// afterwards.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await using var databaseLock = await _history.AcquireDatabaseLockAsync(cancellation);
        try
        {
            var applied = (await _history.GetAppliedMigrationsAsync(cancellation)).Select(row => row.MigrationId).ToList();
            await AdoptAsync(applied, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch
        {
            await transaction.RollbackAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task AdoptAsync(IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        if (!MigrationHistory.HasUnknown(db, applied))
        {
            return; // Another process adopted it while this one waited for the lock.
        }

        foreach (var step in MigrationHistory.StepsAfter(db.Provider(), applied))
        {
            await RunStepAsync(step, cancellation);
        }

        await ThrowUnlessEqualAsync(cancellation);
        await MarkAsync(applied, cancellation);
    }

    private async Task RunStepAsync(ForwardStep step, CancellationToken cancellation)
    {
        try
        {
            foreach (var batch in step.Batches)
            {
                await db.RunBatchAsync(batch, cancellation);
            }
        }
        catch (DbException error) when (!TransientErrors.IsTransient(error))
        {
            throw new UnknownSchemaException($"{NotAsLeft}: {step.Migration} fails ({error.Message.Split('\n')[0].Trim()}).");
        }
    }

    private async Task ThrowUnlessEqualAsync(CancellationToken cancellation)
    {
        var actual = await DatabaseCatalog.ReadAsync(db, await CurrentSchemaAsync(cancellation), cancellation);
        var expected = await new ReferenceSchema(db).ReadCatalogAsync(cancellation);
        var differences = CatalogComparison.Differences(actual, expected);
        if (differences.Count > 0)
        {
            var more = differences.Count > MostNamed ? $"; and {differences.Count - MostNamed} more" : "";
            throw new UnknownSchemaException($"{NotAsLeft}: {string.Join("; ", differences.Take(MostNamed))}{more}.");
        }
    }

    private async Task MarkAsync(IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        var initial = new HistoryRow(db.Database.GetMigrations().First(), ProductInfo.GetVersion());
        foreach (var row in applied)
        {
            await db.RunBatchAsync(_history.GetDeleteScript(row), cancellation);
        }

        await db.RunBatchAsync(_history.GetInsertScript(initial), cancellation);
    }

    private async Task<string> CurrentSchemaAsync(CancellationToken cancellation)
    {
        var function = db.Provider() == DatabaseProvider.SqlServer ? "SCHEMA_NAME()" : "current_schema()";
        await using var command = db.Batch($"SELECT {function}");
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
