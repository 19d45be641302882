using System.Globalization;
using ControlTower.Core.Hosting;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Keeps the position of business time next to its file, every second, so that the next start continues from there:
/// <c>clock-tower.position</c>. A crash loses at most a second; the file is renamed into place, so it is never
/// half-written.
/// </summary>
/// <param name="clock">The file of business time.</param>
internal sealed class ClockService(string clock, TowerClocks clocks, ILogger<ClockService> log)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clocks, log)
{
    internal const string FileName = "clock-tower.position";
    private readonly TowerClocks _clocks = clocks;
    private readonly string _file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(clock))!, FileName);

    protected override string Failure => "The position of business time cannot be kept";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(
            _file + ".new", _clocks.BusinessNow.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), cancellation);
        File.Move(_file + ".new", _file, overwrite: true);
    }

    protected override Task EndAsync() => RunAsync(CancellationToken.None);
}
