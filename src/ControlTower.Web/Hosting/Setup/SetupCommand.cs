using System.CommandLine;
using ControlTower.Core.Administration;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>
/// <c>setup [--landscape FILE] [--credentials FILE]</c>: brings the database to this version and seeds what is
/// missing. Repeating it changes nothing.
/// </summary>
internal static class SetupCommand
{
    private static readonly Option<string?> Landscape =
        new("--landscape") { HelpName = "FILE", Description = "sites and connectors to seed" };

    private static readonly Option<string?> Credentials =
        new("--credentials") { HelpName = "FILE", Description = "make the demo accounts, with their passwords in this file" };

    public static Command Command { get; } = new("setup", "migrates, then seeds what is missing") { Landscape, Credentials };

    public static async Task<int> RunAsync(ParseResult parsed, string[] settings, TextWriter output)
    {
        var landscape = parsed.GetValue(Landscape) is { } file ? LandscapeFile.Read(file) : null;
        await using var app = TowerHost.BuildWithoutPages(settings);
        var services = app.Services;
        await MigrateCommand.ApplyAsync(services);
        await services.GetRequiredService<PolicyChanges>().SeedAsync();
        await SeedAsync<SiteSeed>(services, seed => seed.SeedAsync(landscape?.Sites ?? []));
        await SeedAsync<RoleSeed>(services, seed => seed.SeedAsync());
        if (parsed.GetValue(Credentials) is { } credentials)
        {
            await SeedAsync<DemoAccounts>(services, seed => seed.SeedAsync(landscape?.Sites ?? [], credentials));
        }

        await ConnectorSeed.SeedAsync(services, landscape);
        await output.WriteLineAsync("The database is set up.");
        return 0;
    }

    private static async Task SeedAsync<TSeed>(IServiceProvider services, Func<TSeed, Task> seed)
    {
        await using var scope = services.CreateAsyncScope();
        await seed(ActivatorUtilities.CreateInstance<TSeed>(scope.ServiceProvider));
    }
}
