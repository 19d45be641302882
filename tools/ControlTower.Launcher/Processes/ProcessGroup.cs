using System.Globalization;

namespace ControlTower.Launcher.Processes;

/// <summary>
/// A child and what it started, where it leads a group of its own (see <see cref="ChildProcess.Start"/>). dotnet watch
/// ends on a signal and leaves the program that it started.
/// </summary>
internal static class ProcessGroup
{
    private const int StateField = 0;
    private const int GroupField = 2;

    /// <summary>The numbers that live; empty when all have ended. A number is not given out again while a group has
    /// it, so members outlive their leader.</summary>
    public static IReadOnlyList<int> Alive(ProcessIdentity leader)
    {
        if (leader.IsAlive())
        {
            return [leader.Pid, .. Members(leader.Pid).Where(pid => pid != leader.Pid)];
        }

        var isTheirs = leader.BootId == ProcessIdentity.CurrentBoot && ProcessIdentity.For(leader.Pid) is null;
        return isTheirs ? [.. Members(leader.Pid)] : [];
    }

    private static IEnumerable<int> Members(int group)
        => Directory.EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsMember(pid, group));

    private static bool IsMember(int pid, int group)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[StateField] is not ("Z" or "X") && int.Parse(fields[GroupField], CultureInfo.InvariantCulture) == group;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
