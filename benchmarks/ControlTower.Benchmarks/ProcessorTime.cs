using System.Globalization;

namespace ControlTower.Benchmarks;

/// <summary>
/// Processor time of processes as the kernel counts it, in seconds, including those that ended and were waited for.
/// </summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static double Of(int process) => Read(process)?.Seconds ?? 0;

    /// <summary>A server process and all its children: PostgreSQL's postmaster and backends.</summary>
    public static double OfFamily(int parent)
    {
        var total = Read(parent)?.Seconds ?? 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Read(process) is { } stat
                && stat.Parent == parent)
            {
                total += stat.Seconds;
            }
        }

        return total;
    }

    /// <summary>The browser that this process started: all of its descendants of that name.</summary>
    public static double OfChromium()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Read(process) is { } stat)
            {
                parents[process] = stat.Parent;
            }
        }

        return parents.Keys.Where(process => IsOurs(process) && NameOf(process).StartsWith("chrom", StringComparison.Ordinal)).Sum(Of);

        bool IsOurs(int process) => parents.TryGetValue(process, out var parent) && (parent == Environment.ProcessId || IsOurs(parent));
    }

    private static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Resident memory in MB.</summary>
    public static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null
            ? 0
            : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static (int Parent, double Seconds)? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
