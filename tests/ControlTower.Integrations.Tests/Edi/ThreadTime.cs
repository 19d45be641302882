using System.Diagnostics;
using System.Globalization;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Processor time of this thread, so that a measured speed does not depend on the load of the machine. Without Linux:
/// the clock.
/// </summary>
internal static class ThreadTime
{
    private const string Statistics = "/proc/thread-self/stat";

    /// <summary>Clock ticks a second as Linux reports them, whatever the hardware.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>
    /// In steps of a hundredth of a second. User and system time are the 14th and 15th field, the second being the name
    /// in parentheses (proc(5)).
    /// </summary>
    public static TimeSpan Spent()
    {
        if (!File.Exists(Statistics))
        {
            return Stopwatch.GetElapsedTime(0);
        }

        var text = File.ReadAllText(Statistics);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Ticks(fields[11]) + Ticks(fields[12])) / TicksPerSecond);
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
