using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Nodes;

/// <summary>Two tower processes with one store of jobs.</summary>
[Collection(nameof(StoryCollection))]
public sealed class JobNodeTests
{
    private const string Landscape = """{"sites":[],"connectors":[]}""";

    [Fact]
    public async Task The_job_that_a_killed_node_was_running_runs_on_the_other()
    {
        TestedDatabase.OnlyPostgreSQL("the job is held by a lock on its table.");
        await using var database = await TestDatabase.CreateAsync();
        await using var held = new NpgsqlConnection(database.ConnectionString);
        await held.OpenAsync(TestContext.Current.CancellationToken);
        await using var hold = await held.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand("LOCK TABLE case_site", held, hold))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var folder = Directory.CreateTempSubdirectory("control-tower-jobs-");
        var settings = Settings(Path.Combine(folder.FullName, "master.key"));
        await using var first = await TowerHost.StartAsync(Landscape, settings, database.ConnectionString);
        var killed = await RunnerAsync(database, except: null);
        await using var second = await TowerHost.StartAsync(Landscape, settings, database.ConnectionString);
        (await RunnersAsync(database)).ShouldBe([killed], "the other leaves it to a node that lives");

        await first.KillAsync();

        (await RunnerAsync(database, except: killed)).ShouldNotBe(killed);
        await hold.RollbackAsync(TestContext.Current.CancellationToken);
        await Eventually.AsyncIs(async () => (await RunnersAsync(database)).Count == 0, () => second.Story);
        folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> Settings(string masterKey) => new()
    {
        ["Secrets__MasterKeyFile"] = masterKey,
        ["Database__CommandTimeoutSeconds"] = "300",
        ["Jobs__CheckInSeconds"] = "1",
        ["Jobs__CheckInThresholdSeconds"] = "4",
        ["Jobs__LeaseSeconds"] = "2",
    };

    /// <summary>The node that runs the job, once there is one.</summary>
    private static async Task<string> RunnerAsync(TestDatabase database, string? except)
    {
        List<string> found = [];
        await Eventually.AsyncIs(
            async () => (found = await RunnersAsync(database)) is [var runner] && runner != except,
            () => $"It runs on {string.Join(", ", found)}.");
        return found[0];
    }

    private static async Task<List<string>> RunnersAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Database.SqlQuery<string>($"""
            SELECT instance_name AS "Value" FROM qrtz_fired_triggers WHERE job_name = 'case-sites' AND state = 'EXECUTING'
            """).ToListAsync();
    }
}
