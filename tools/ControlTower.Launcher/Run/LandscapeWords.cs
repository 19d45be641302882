using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Run;

/// <summary>The sandbox's progress, out of its log: what it says of the landscape as a whole.</summary>
internal sealed class LandscapeWords(ChildProcess sandbox, Action<string> say)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    public Task FollowAsync(CancellationToken cancellation)
        => new LogTail(sandbox.LogFile, HandOn).FollowAsync(Every, cancellation);

    private void HandOn(string line)
    {
        if (line.StartsWith("landscape", StringComparison.Ordinal))
        {
            say(line);
        }
    }
}
