using System.Globalization;
using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Run;

/// <summary>
/// The first change that dotnet watch takes over costs it ten times as much as those that follow, and one that is
/// saved meanwhile is lost. So the launcher makes that change before it shows the address, in a source of no effect
/// that only ./dev compiles (<c>ControlTower.Web.csproj</c>).
/// </summary>
/// <param name="watchLog">Where dotnet watch reports what it applied.</param>
internal sealed class FirstChange(string watchLog)
{
    /// <summary>Names the source's file; an MSBuild property of the watched project as well.</summary>
    public const string Variable = "DevelopmentFirstChange";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private bool _applied;

    /// <summary>Returns when it is applied; after a minute in any case, for nothing depends on it.</summary>
    public async Task MakeAsync(string file, CancellationToken stop)
    {
        var log = new LogTail(watchLog, line => _applied |= line.Contains("changes applied", StringComparison.Ordinal));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var source = string.Create(
            CultureInfo.InvariantCulture,
            $"namespace ControlTower.Web;\n\ninternal static class FirstChange\n{{\n    internal static long At() => {now};\n}}\n");
        await File.WriteAllTextAsync(file, source, stop);
        for (var began = Environment.TickCount64; !_applied && Environment.TickCount64 - began < Patience.TotalMilliseconds;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            log.ReadNew();
        }
    }
}
