using System.Runtime.InteropServices;

namespace ControlTower.Launcher.Processes;

/// <summary>Signals by number, to exactly the process that is meant and what it started.</summary>
public static class Signals
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks a process and its group to end, and makes them end when they have not within <paramref name="grace"/>.</summary>
    /// <returns>False when it had to be killed.</returns>
    public static async Task<bool> EndAsync(ProcessIdentity process, TimeSpan grace)
    {
        if (await SendAndWaitAsync(process, Terminate, grace))
        {
            return true;
        }

        await SendAndWaitAsync(process, Kill, TimeSpan.FromSeconds(10));
        return false;
    }

    private static async Task<bool> SendAndWaitAsync(ProcessIdentity process, int signal, TimeSpan patience)
    {
        var alive = ProcessGroup.Alive(process);
        if (alive.Count == 0)
        {
            return true;
        }

        foreach (var pid in alive)
        {
            _ = SendSignal(pid, signal);
        }

        for (var waited = TimeSpan.Zero; waited < patience; waited += Look)
        {
            await Task.Delay(Look);
            if (ProcessGroup.Alive(process).Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
