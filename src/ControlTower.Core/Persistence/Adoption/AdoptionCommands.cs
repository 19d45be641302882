using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ControlTower.Core.Persistence.Adoption;

internal static class AdoptionCommands
{
    public static DatabaseProvider Provider(this TowerDbContext db) =>
        db is SqlServerTowerDbContext ? DatabaseProvider.SqlServer : DatabaseProvider.PostgreSQL;

    /// <summary>
    /// Statements as they are (EF Core would take braces for parameters) in the current transaction. An index of a
    /// large table takes as long as it takes.
    /// </summary>
    public static DbCommand Batch(this TowerDbContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }

    public static async Task RunBatchAsync(this TowerDbContext db, string sql, CancellationToken cancellation)
    {
        await using var command = db.Batch(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
