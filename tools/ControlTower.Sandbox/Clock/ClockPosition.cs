using System.Globalization;
using System.Text;
using ControlTower.Sandbox.Hosting;

namespace ControlTower.Sandbox.Clock;

/// <summary>
/// Stores the position of business time next to the clock file, so that a restart continues from there.
/// </summary>
internal sealed class ClockPosition(string clockFile, BusinessClock clock)
{
    public const string FileName = "clock-sandbox.position";

    private readonly string _path = Path.Combine(Path.GetDirectoryName(clockFile)!, FileName);

    public void Keep() =>
        AtomicFile.Write(_path, Encoding.UTF8.GetBytes(clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\n"));

    /// <summary>Stores the position every second until cancelled, and once more at the end.</summary>
    public async Task Run(TimeProvider system, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), system);
        try
        {
            do
            {
                Keep();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            Keep();
        }
    }
}
