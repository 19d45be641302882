using System.Diagnostics;

namespace ControlTower.Launcher.Processes;

/// <summary>The output of a finished command.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line that is not empty, for a sentence about the error.</summary>
    public string LastWord => (Errors + "\n" + Output)
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault() ?? $"exit code {ExitCode}";
}

/// <summary>The working folder of a command, and additions to its environment.</summary>
public sealed record CommandPlace(string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The root folder, because the user that runs PostgreSQL may not enter the caller's.</summary>
    public static CommandPlace Root { get; } = new("/", new Dictionary<string, string>());
}

/// <summary>Runs a short command to its end.</summary>
public static class Command
{
    /// <param name="arguments">The program and its arguments, unquoted: no shell is involved.</param>
    public static Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        => RunAsync(arguments, CommandPlace.Root, cancellation);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string}, CancellationToken)"/>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CommandPlace place, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = place.Folder,
        };
        foreach (var (name, value) in place.Environment)
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
