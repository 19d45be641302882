using System.Diagnostics;

namespace ControlTower.Launcher.Processes;

/// <summary>How a child is started.</summary>
/// <param name="Name">Its part: web, sandbox. Used for its log and its record.</param>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="Folder">The folder it runs in.</param>
/// <param name="LogFile">Receives its standard output and errors, appended. A file and not a pipe: a child outlives a
/// killed launcher.</param>
public sealed record ChildStart(
    string Name,
    IReadOnlyList<string> Arguments,
    string Folder,
    string LogFile,
    IReadOnlyDictionary<string, string> Environment);

/// <summary>
/// A long-running child, in a session of its own, so that Ctrl-C reaches the launcher alone, which decides the order of
/// ending.
/// </summary>
public sealed class ChildProcess
{
    private const long LargeLogBytes = 16 * 1024 * 1024;
    private readonly Process _process;
    private readonly ProcessIdentity _identity;
    private readonly ProcessRecords _records;
    private readonly ChildStart _start;

    private ChildProcess(ChildStart start, Process process, ProcessRecords records)
    {
        (_start, _process, _records) = (start, process, records);
        _identity = ProcessIdentity.ForStarted(process.Id);
        records.Write(new ProcessRecord(start.Name, _identity));
        Exited = process.WaitForExitAsync();
    }

    public string Name => _start.Name;

    public string LogFile => _start.LogFile;

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>setsid and sh replace themselves by the program, so the recorded number is the program's.</summary>
    public static ChildProcess Start(ChildStart start, ProcessRecords records)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(start.LogFile)!);
        SetAsideLargeLog(start.LogFile);
        var info = new ProcessStartInfo("setsid", ["sh", "-c", """exec "$@" >>"$0" 2>&1 </dev/null""", start.LogFile, .. start.Arguments])
        {
            WorkingDirectory = start.Folder,
        };
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        return new ChildProcess(start, Process.Start(info)!, records);
    }

    /// <summary>Requests its end, waits, kills it if necessary, and removes its record.</summary>
    /// <returns>False when it had to be killed.</returns>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        var obeyed = await Signals.EndAsync(_identity, grace);
        await Exited;
        _records.Remove(Name);
        return obeyed;
    }

    /// <summary>The end of its log, for the message that it died.</summary>
    public IReadOnlyList<string> LastLines(int count)
        => File.Exists(LogFile) ? [.. File.ReadLines(LogFile).TakeLast(count)] : [];

    private static void SetAsideLargeLog(string file)
    {
        if (File.Exists(file) && new FileInfo(file).Length > LargeLogBytes)
        {
            File.Move(file, file + ".1", overwrite: true);
        }
    }
}
