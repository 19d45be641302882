using System.Globalization;

namespace ControlTower.Launcher.Processes;

/// <summary>Identifies a process beyond its number: numbers are reused, start times are not.</summary>
/// <param name="Pid">The number.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot (field 22 of /proc/PID/stat).</param>
/// <param name="BootId">The boot these ticks count from (/proc/sys/kernel/random/boot_id).</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private const int StateField = 0;
    private const int StartField = 19;

    public static string CurrentBoot { get; } = ReadBoot();

    /// <summary>The identity of a live process; null when there is none of that number, or only its zombie.</summary>
    public static ProcessIdentity? For(int pid)
    {
        try
        {
            return Parse(pid, File.ReadAllText($"/proc/{pid}/stat"), CurrentBoot);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// The identity of a process that this one started. One that has ended already has no start time to read, and may
    /// have left members of its group: it is known by its number, which is not given out again while they live.
    /// </summary>
    public static ProcessIdentity ForStarted(int pid) => For(pid) ?? new ProcessIdentity(pid, 0, CurrentBoot);

    /// <summary>True while exactly this process lives.</summary>
    public bool IsAlive() => For(Pid) == this;

    /// <param name="stat">The content of /proc/PID/stat. The command's name, in brackets, may contain spaces and
    /// brackets itself.</param>
    internal static ProcessIdentity? Parse(int pid, string stat, string boot)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartField && fields[StateField] is not ("Z" or "X")
            ? new ProcessIdentity(pid, long.Parse(fields[StartField], CultureInfo.InvariantCulture), boot)
            : null;
    }

    private static string ReadBoot()
    {
        const string file = "/proc/sys/kernel/random/boot_id";
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
    }
}
