using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Hosting.Setup;

/// <summary><c>migrate</c>: brings the database to this version, and no more.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        await using var app = TowerHost.Builder(CommandLineOptions.Parse(args).Rest).Build();
        var applied = await ApplyAsync(app.Services);
        await output.WriteLineAsync(applied == 0 ? "The database is up to date." : $"{applied} migrations applied.");
        return 0;
    }

    /// <returns>How many migrations were applied.</returns>
    internal static async Task<int> ApplyAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<ITowerDb>().CreateDbContextAsync();
        var pending = 0;
        try
        {
            pending = (await db.Database.GetPendingMigrationsAsync()).Count();
        }
        catch (Npgsql.PostgresException error) when (error.SqlState == Npgsql.PostgresErrorCodes.InvalidCatalogName)
        {
            // The database itself is not there yet: migrating makes it.
            pending = db.Database.GetMigrations().Count();
        }

        if (pending > 0)
        {
            await db.Database.MigrateAsync();
        }

        return pending;
    }
}
