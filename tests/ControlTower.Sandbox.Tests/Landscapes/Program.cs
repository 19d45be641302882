using System.Diagnostics;
using ControlTower.Sandbox.Hosting;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>The sandbox as a separate process.</summary>
internal sealed class Program : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    private Program(Process process) => _process = process;

    public static Program Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Landscape).Assembly.Location);
        arguments.ToList().ForEach(start.ArgumentList.Add);
        return new Program(Process.Start(start)!);
    }

    /// <summary>Reads until a line begins with this text.</summary>
    public async Task<string> Line(string beginning)
    {
        using var patience = new CancellationTokenSource(Limit);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException(
            $"It ended without saying '{beginning}': {await _process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    /// <summary>Its exit code and output, once it has ended.</summary>
    public async Task<(int Code, string Output, string Errors)> End()
    {
        using var patience = new CancellationTokenSource(Limit);
        var (output, errors) = (
            _process.StandardOutput.ReadToEndAsync(patience.Token), _process.StandardError.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await output, await errors);
    }

    /// <summary>Sends SIGKILL, which allows no clean-up.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
