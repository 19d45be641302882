using System.Diagnostics;
using ControlTower.Launcher.Cluster;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>A separate cluster for each test, durable as in production, because crashes are what is tested.</summary>
public sealed class PrivateClusterTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    private ClusterOptions Options => new() { Folder = _folder.File("cluster"), SharedBuffersMegabytes = 16 };

    public async ValueTask DisposeAsync()
    {
        if (PrivateCluster.Running(Options) is { } running)
        {
            await running.StopAsync(immediate: true);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_commit_survives_kill_9_of_the_server()
    {
        var cluster = await StartAsync();
        await cluster.EnsureDatabaseAsync("tower", CancellationToken.None);
        await ExecuteAsync(cluster, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (42)");

        await KillServerAsync();
        var again = await StartAsync();

        (await ExecuteAsync(again, "SELECT id FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_server_that_still_runs_is_adopted()
    {
        await StartAsync();
        var pid = ServerPid();

        var adopted = await StartAsync();
        await adopted.EnsureDatabaseAsync("tower", CancellationToken.None);

        ServerPid().ShouldBe(pid);
        _said.ShouldContain(line => line.Contains("adopted"));
    }

    [Fact]
    public async Task A_cluster_whose_creation_was_interrupted_is_created_again()
    {
        Directory.CreateDirectory(Options.Folder + ".making/base");
        File.WriteAllText(Options.Folder + ".making/PG_VERSION", "15\n");

        var cluster = await StartAsync();

        await cluster.EnsureDatabaseAsync("tower", CancellationToken.None);
        Directory.Exists(Options.Folder + ".making").ShouldBeFalse();
    }

    [Fact]
    public async Task An_incomplete_cluster_folder_is_set_aside_and_kept()
    {
        Directory.CreateDirectory(Options.Folder);
        File.WriteAllText(Path.Combine(Options.Folder, "something"), "of somebody");

        var cluster = await StartAsync();

        await cluster.EnsureDatabaseAsync("tower", CancellationToken.None);
        Directory.GetDirectories(_folder.Path, "cluster.broken-*").Single()
            .ShouldSatisfyAllConditions(aside => File.Exists(Path.Combine(aside, "something")).ShouldBeTrue());
    }

    [Fact]
    public async Task Nothing_listens_after_the_stop()
    {
        var cluster = await StartAsync();

        await cluster.StopAsync();

        PrivateCluster.Running(Options).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_sockets_address_works_too()
    {
        var deep = Options with { Folder = _folder.File(new string('d', 100)) };

        var cluster = await PrivateCluster.StartAsync(deep, _said.Add, CancellationToken.None);
        await cluster.EnsureDatabaseAsync("tower", CancellationToken.None);

        await cluster.StopAsync(immediate: true);
    }

    private Task<PrivateCluster> StartAsync() => PrivateCluster.StartAsync(Options, _said.Add, CancellationToken.None);

    private int ServerPid() => PostmasterFile.Read(Options.Folder)!.Pid;

    private async Task KillServerAsync()
    {
        using var server = Process.GetProcessById(ServerPid());
        server.Kill();
        await server.WaitForExitAsync();
    }

    private static async Task<object?> ExecuteAsync(PrivateCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("tower") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
