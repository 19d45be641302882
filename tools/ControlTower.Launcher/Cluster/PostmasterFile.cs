using System.Globalization;
using System.Runtime.InteropServices;

namespace ControlTower.Launcher.Cluster;

/// <summary>
/// The content of postmaster.pid of a running server, by line: number, folder, start, port, socket folder, …
/// </summary>
internal sealed record PostmasterFile(int Pid, string SocketFolder)
{
    private const int PidLine = 0;
    private const int SocketLine = 4;

    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Null when there is no such file, or a crash truncated it.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            return lines.Length > SocketLine && int.TryParse(lines[PidLine], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new PostmasterFile(pid, lines[SocketLine].Trim())
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// True when that number is still a server of exactly this folder; after a crash it may be any process.
    /// </summary>
    public bool IsServerOf(string cluster)
    {
        try
        {
            return File.ReadAllText($"/proc/{Pid}/comm").Trim() == "postgres"
                && Directory.ResolveLinkTarget($"/proc/{Pid}/cwd", returnFinalTarget: false)?.FullName == RealPath(cluster);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The path without symbolic links, as the server's own working folder is reported.</summary>
    private static string RealPath(string path)
    {
        var resolved = Resolve(path, IntPtr.Zero);
        try
        {
            return Marshal.PtrToStringUTF8(resolved) ?? path;
        }
        finally
        {
            Marshal.FreeHGlobal(resolved);
        }
    }

    [DllImport("libc", EntryPoint = "realpath")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Resolve([MarshalAs(UnmanagedType.LPUTF8Str)] string path, IntPtr buffer);
}
