using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// What <c>Initial</c> makes, in a schema of its own that is rolled back once its catalog is read. The server that is
/// asked writes both catalogs: no version of it phrases an expression in another way than it does for the tower's own
/// tables.
/// </summary>
internal sealed class ReferenceSchema(TowerDbContext db)
{
    private const string Name = "control_tower_reference";

    public async Task<IReadOnlyList<string>> ReadCatalogAsync(CancellationToken cancellation)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Name, cancellation);
        foreach (var batch in Script(db))
        {
            await db.RunBatchAsync(batch, cancellation);
        }

        var catalog = await DatabaseCatalog.ReadAsync(db, Name, cancellation);
        await transaction.RollbackToSavepointAsync(Name, cancellation);
        return catalog;
    }

    /// <summary>The statements that make the schema, and in it all that <c>Initial</c> makes but rows.</summary>
    internal static IReadOnlyList<string> Script(TowerDbContext db)
    {
        var assembly = db.GetService<IMigrationsAssembly>();
        var initial = assembly.CreateMigration(assembly.Migrations.Values.First(), db.Database.ProviderName!);
        var operations = initial.UpOperations.Where(operation => operation is not InsertDataOperation).ToList();
        if (db.Provider() == DatabaseProvider.SqlServer)
        {
            SqlServerSchemaMove.To(Name, operations);
        }

        return [.. Begin(db.Provider()), .. Statements(db, operations, initial.TargetModel)];
    }

    private static string[] Begin(DatabaseProvider provider) => provider == DatabaseProvider.SqlServer
        ? [$"CREATE SCHEMA [{Name}]"]
        : [$"CREATE SCHEMA {Name}", $"SET LOCAL search_path = {Name}"];

    private static IEnumerable<string> Statements(TowerDbContext db, IReadOnlyList<MigrationOperation> operations, IModel model) =>
        db.GetService<IMigrationsSqlGenerator>()
            .Generate(operations, db.GetService<IModelRuntimeInitializer>().Initialize(model, designTime: true))
            .Select(command => command.CommandText);
}
