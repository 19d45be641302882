using System.Diagnostics;

namespace ControlTower.Launcher.Processes;

/// <summary>What a finished command said.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line that says something, for a sentence about what went wrong.</summary>
    public string LastWord => (Errors + "\n" + Output)
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault() ?? $"exit code {ExitCode}";
}

/// <summary>Runs a short command to its end.</summary>
public static class Command
{
    /// <param name="arguments">The program and its arguments, unquoted: no shell is involved.</param>
    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellation)
        => await RunAsync(arguments, new Dictionary<string, string>(), cancellation);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string}, CancellationToken)"/>
    /// <param name="environment">Added to the environment of this process.</param>
    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        // The root folder, because the user that runs PostgreSQL may not enter the caller's folder.
        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await output, await errors);
    }
}
