namespace ControlTower.Launcher;

/// <summary>Ends the launch with one sentence that names the error and what to do, never with a stack trace.</summary>
/// <param name="sentence">For the person at the console.</param>
/// <param name="exitCode">2 for bad input, 1 for anything else.</param>
public sealed class LaunchException(string sentence, int exitCode = LaunchException.BadInput) : Exception(sentence)
{
    public const int BadInput = 2;

    public const int Failure = 1;

    public int ExitCode { get; } = exitCode;
}
