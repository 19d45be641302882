using System.Diagnostics;
using ControlTower.Launcher.Cluster;

namespace ControlTower.Testing;

/// <summary>
/// One private PostgreSQL cluster per test process, made at the first use. It does not wait for the disk, and it ends
/// with the process: on a normal end by the process itself, on any other by a watcher.
/// </summary>
public static class TestCluster
{
    /// <summary>
    /// Connections for three tests at once, each with up to three towers, and for those that a killed tower leaves
    /// until the server notices.
    /// </summary>
    private const int MaxConnections = 600;

    private static readonly Lazy<Task<PrivateCluster>> Started = new(StartAsync);

    private static string Folder { get; } = Path.Combine(Path.GetTempPath(), $"control-tower-tests-{Environment.ProcessId}");

    public static Task<PrivateCluster> GetAsync() => Started.Value;

    private static async Task<PrivateCluster> StartAsync()
    {
        Directory.CreateDirectory(Folder);
        var options = new ClusterOptions
            { Folder = Path.Combine(Folder, "pg"), Durable = false, SharedBuffersMegabytes = 128, MaxConnections = MaxConnections };
        Watch(options.Folder);
        var cluster = await PrivateCluster.StartAsync(options, static _ => { }, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(cluster);
        return cluster;
    }

    private static void End(PrivateCluster cluster)
    {
        cluster.StopAsync(immediate: true).GetAwaiter().GetResult();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>
    /// Waits until this process has ended, then ends what is left. It has a session of its own: Ctrl-C ends the tests,
    /// not the watcher.
    /// </summary>
    private static void Watch(string cluster)
    {
        const string script = """
            while [ -d "/proc/$1" ] && ! grep -q ') [ZX] ' "/proc/$1/stat"; do sleep 1; done
            [ -f "$2/postmaster.pid" ] && kill -QUIT "$(head -1 "$2/postmaster.pid")"
            sleep 1
            rm -rf "$3"
            """;
        Process.Start(new ProcessStartInfo(
            "setsid", ["sh", "-c", $"({script}) </dev/null >/dev/null 2>&1 &", "watch", $"{Environment.ProcessId}", cluster, Folder]))!
            .WaitForExit();
    }
}
