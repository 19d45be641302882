using System.Runtime.InteropServices;

namespace ControlTower.Integrations.Files;

/// <summary>Files and folders that are on the disk when the call returns.</summary>
internal static class Durable
{
    /// <summary>
    /// Writes a file whole: no reader sees a part of it under this path, and after the call it survives a loss of
    /// power.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Renames within one file system; both folders are flushed.</summary>
    public static void Move(string from, string to, bool overwrite)
    {
        File.Move(from, to, overwrite);
        FlushFolder(Path.GetDirectoryName(to)!);
        FlushFolder(Path.GetDirectoryName(from)!);
    }

    /// <summary>
    /// A rename is durable once its folder is flushed. Windows does that by itself; file systems that cannot are left
    /// as they are.
    /// </summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = Fsync(handle);
            _ = Close(handle);
        }
    }

#pragma warning disable CA2101, SYSLIB1054 // Three calls of the C library, two of them without text.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
#pragma warning restore CA2101, SYSLIB1054
}
