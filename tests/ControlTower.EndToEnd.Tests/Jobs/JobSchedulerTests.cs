using ControlTower.Core.Hosting;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Jobs;

/// <summary>Jobs in the clustered store of the tower's database.</summary>
public sealed class JobSchedulerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_job_runs_again_and_again_on_its_schedule()
    {
        await using var database = await TestDatabase.CreateAsync();
        var job = new CountedJob("count");
        job.End();

        await using var node = await JobNode.StartAsync(database.ConnectionString, [job.Every(Second)]);

        await Eventually.AsyncIs(() => Task.FromResult(job.Runs > 2), () => string.Join('\n', node.Log));
    }

    [Fact]
    public async Task A_job_never_runs_on_two_nodes_at_once_although_their_clocks_differ_by_an_hour()
    {
        await using var database = await TestDatabase.CreateAsync();
        var job = new CountedJob("held");
        await using var first = await JobNode.StartAsync(database.ConnectionString, [job.Every(Second)]);
        await Eventually.AsyncIs(() => Task.FromResult(job.Runs == 1), () => string.Join('\n', first.Log));

        // The second takes the first for gone, whose check-in is an hour old by its clock, and frees what that one runs.
        await using var second = await JobNode.StartAsync(database.ConnectionString, [job.Every(Second)], ahead: TimeSpan.FromHours(1));
        await Eventually.AsyncIs(
            () => Task.FromResult(job.Runs > 1 || second.Log.Contains("Debug Another node still runs held")),
            () => string.Join('\n', second.Log));
        job.MostAtOnce.ShouldBe(1);

        job.End();
        await Eventually.AsyncIs(() => Task.FromResult(job.Runs > 2), () => string.Join('\n', second.Log));
        job.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task The_jobs_in_the_store_are_those_of_the_version_that_started_last_and_keep_their_turns()
    {
        await using var database = await TestDatabase.CreateAsync();
        ScheduledJob[] before = [Job("stays", 10), Job("changes", 10), Job("goes", 10)];
        await using (await JobNode.StartAsync(database.ConnectionString, before))
        {
            await TriggersAreAsync(database, "changes 600000", "goes 600000", "stays 600000");
        }

        var turns = await StartsAsync(database);
        await using (await JobNode.StartAsync(database.ConnectionString, [Job("stays", 10), Job("changes", 20), Job("comes", 10)]))
        {
            await TriggersAreAsync(database, "changes 1200000", "comes 600000", "stays 600000");
        }

        (await StartsAsync(database))["stays"].ShouldBe(turns["stays"]);
    }

    [Fact]
    public async Task A_node_starts_while_its_database_is_away_and_runs_its_jobs_once_it_answers()
    {
        TestedDatabase.OnlyPostgreSQL("a database that refuses connections is PostgreSQL's.");
        await using var database = await TestDatabase.CreateAsync();
        var job = new CountedJob("count");
        job.End();
        await AllowConnectionsAsync(database, false);

        await using var node = await JobNode.StartAsync(database.ConnectionString, [job.Every(Second)]);
        await Eventually.AsyncIs(
            () => Task.FromResult(node.Log.Any(line => line.StartsWith("Warning Scheduled jobs do not run", StringComparison.Ordinal))),
            () => string.Join('\n', node.Log));
        await AllowConnectionsAsync(database, true);

        await Eventually.AsyncIs(() => Task.FromResult(job.Runs > 1), () => string.Join('\n', node.Log));
    }

    private static ScheduledJob Job(string name, int minutes) => new(name, TimeSpan.FromMinutes(minutes), _ => Task.CompletedTask);

    private static Task TriggersAreAsync(TestDatabase database, params string[] expected)
    {
        List<string> found = [];
        return Eventually.AsyncIs(
            async () => (found = await TriggersAsync(database)).SequenceEqual(expected), () => string.Join(", ", found));
    }

    private static async Task<List<string>> TriggersAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Database.SqlQuery<string>(
            $"""SELECT CONCAT(TRIGGER_NAME, ' ', REPEAT_INTERVAL) AS "Value" FROM QRTZ_SIMPLE_TRIGGERS ORDER BY TRIGGER_NAME""")
            .ToListAsync();
    }

    private static async Task<Dictionary<string, string>> StartsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var starts = await db.Database.SqlQuery<string>(
            $"SELECT CONCAT(TRIGGER_NAME, ' ', START_TIME) AS \"Value\" FROM QRTZ_TRIGGERS").ToListAsync();
        return starts.Select(start => start.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    private static async Task AllowConnectionsAsync(TestDatabase database, bool allow)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await TestedDatabase.ExecuteAsync(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres" }.ConnectionString,
            $"ALTER DATABASE {server.Database} ALLOW_CONNECTIONS {allow}");
    }
}
