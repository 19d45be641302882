using System.Globalization;
using System.Runtime.Versioning;
using ControlTower.Core;
using ControlTower.Core.Persistence;
using ControlTower.Launcher.Cluster;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Benchmarks.Lists;

/// <summary>How fast lists and Tower are on a large database.</summary>
internal static class ListsRun
{
    [UnsupportedOSPlatform("windows")]
    public static async Task<int> RunAsync(bool load, ListsOptions options)
    {
        Directory.CreateDirectory(options.Data);
        File.SetUnixFileMode(options.Data, (UnixFileMode)0b111_101_101);
        var folder = Path.Combine(options.Data, "pg");
        var settings = new ClusterOptions { Folder = folder, SharedBuffersMegabytes = ScenarioHost.SharedBuffersMegabytes };
        var cluster = await PrivateCluster.StartAsync(settings, Console.WriteLine, default);
        try
        {
            await cluster.EnsureDatabaseAsync(options.Database, default);
            await using var services = Services(cluster.ConnectionString(options.Database));
            var text = load ? await LoadAsync(services, options) : await new ListsMeasure(services, options).RunAsync();
            Console.WriteLine(text);
            if (options.Report is { } file)
            {
                await File.AppendAllTextAsync(file, text);
            }

            return 0;
        }
        finally
        {
            await cluster.StopAsync();
        }
    }

    private static async Task<string> LoadAsync(ServiceProvider services, ListsOptions options)
    {
        await using (var db = await services.GetRequiredService<ITowerDb>().CreateDbContextAsync())
        {
            await db.Database.MigrateAsync();
        }

        return await new ListsLoad(services, options).RunAsync();
    }

    private static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddCore(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:ControlTower"] = connectionString + ";Command Timeout=0",
            ["Database:CommandTimeoutSeconds"] = 600.ToString(CultureInfo.InvariantCulture),
        }).Build());
        return services.BuildServiceProvider();
    }
}
