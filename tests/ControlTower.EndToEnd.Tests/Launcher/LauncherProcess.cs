using System.Collections.Concurrent;
using System.Diagnostics;
using ControlTower.Launcher.Cluster;
using ControlTower.Launcher.Processes;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>One ./run, without its building: the launcher as a process of its own. Or one ./dev.</summary>
internal sealed class LauncherProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    private LauncherProcess(string program, params string[] arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Said => string.Join('\n', _lines);

    /// <summary>Starts all of it on a data folder; port 0 lets it choose a free one.</summary>
    public static LauncherProcess Start(string data, params string[] more)
        => new("dotnet", [PublishedApp.Launcher, "--data", data, "--urls", "http://127.0.0.1:0", .. more]);

    /// <summary>./dev of these sources, with its building.</summary>
    public static LauncherProcess StartDevelopment(string sources, string data)
        => new(Path.Combine(sources, "dev"), "--data", data, "--urls", "http://127.0.0.1:0");

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        await using var run = new LauncherProcess("dotnet", [PublishedApp.Launcher, .. arguments]);
        return (await run.ExitCodeAsync(), run.Said);
    }

    /// <summary>Waits until the tower serves.</summary>
    public Task UpAsync(TimeSpan? patience = null) => LineAsync("Ctrl-C ends it.", patience ?? Patience);

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitCodeAsync();
    }

    /// <summary>Kills the launcher alone with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync();
        }

        _process.Dispose();
    }

    /// <summary>Ends what a killed launcher left in this folder, in case a test failed half-way.</summary>
    public static async Task CleanUpAsync(string data)
    {
        await new ProcessRecords(Path.Combine(data, "run")).EndLeftoversAsync(TimeSpan.FromSeconds(5));
        if (PrivateCluster.Running(new ClusterOptions { Folder = Path.Combine(data, "cluster") }) is { } cluster)
        {
            await cluster.StopAsync(immediate: true);
        }
    }

    private async Task LineAsync(string text, TimeSpan patience)
    {
        var source = _awaited.GetOrAdd(text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            return;
        }

        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(source.Task, ended).WaitAsync(patience);
        Assert.True(first == source.Task || source.Task.IsCompleted, $"ended with {(_process.HasExited ? _process.ExitCode : 0)}:\n{Said}");
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        foreach (var (text, source) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                source.TrySetResult();
            }
        }
    }
}
