using System.Globalization;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Keeps the position of business time beside its file, every second, so that the next start goes on from there: <c>clock-tower.position</c>. A crash loses
/// at most a second; a half-written file cannot be, for it is renamed into place.
/// </summary>
internal sealed class ClockService(IConfiguration configuration, TowerClocks clocks, ILogger<ClockService> log) : BackgroundService
{
    internal const string FileName = "clock-tower.position";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Clock:File"] is not { Length: > 0 } clock)
        {
            return;
        }

        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(clock))!, FileName);
        using var timer = new PeriodicTimer(Every, clocks.System);
        try
        {
            do
            {
                Keep(file);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            Keep(file);
        }
    }

    private void Keep(string file)
    {
        try
        {
            File.WriteAllText(file + ".new", clocks.BusinessNow.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The position of business time cannot be kept in {File}: {Reason}", file, error.Message);
        }
    }
}
