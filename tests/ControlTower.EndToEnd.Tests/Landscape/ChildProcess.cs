using System.Collections.Concurrent;
using System.Diagnostics;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>A program of the product as a separate process: its lines are kept, and it ends with the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    private ChildProcess(Process process) => _process = process;

    public IReadOnlyCollection<string> Lines => _lines;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Take(line.Data);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end and returns its lines.</summary>
    public static async Task<IReadOnlyCollection<string>> RunAsync(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        await using var child = Start(assembly, arguments, environment);
        await child._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child._process.ExitCode == 0,
            $"{assembly} {string.Join(' ', arguments)} ended with {child._process.ExitCode}: {string.Join('\n', child.Lines)}");
        return child.Lines;
    }

    /// <summary>Completes when a later line contains this text.</summary>
    public Task NextLineWith(string text, TimeSpan patience)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[text] = source;
        return source.Task.WaitAsync(patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Kills it with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
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
