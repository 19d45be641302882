using System.CommandLine;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Adoption;

namespace ControlTower.Web.Hosting.Setup;

/// <summary><c>migrate</c>: brings the database to this version, and no more.</summary>
internal static class MigrateCommand
{
    public static Command Command { get; } = new("migrate", "brings the database to this version, and no more");

    public static async Task<int> RunAsync(string[] settings, TextWriter output)
    {
        await using var app = TowerHost.BuildWithoutPages(settings);
        var result = await ApplyAsync(app.Services);
        if (result.Adopted)
        {
            await output.WriteLineAsync("The database of version 0.1.0 was brought to this version.");
        }

        await output.WriteLineAsync(result.Applied == 0 ? "The database is up to date." : $"{result.Applied} migrations applied.");
        return 0;
    }

    internal static async Task<MigrationResult> ApplyAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<ITowerDb>().CreateDbContextAsync();
        return await DatabaseMigration.RunAsync(db);
    }
}
