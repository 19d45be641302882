using System.Globalization;
using System.Text;

namespace ControlTower.Integrations.Files;

/// <summary>How files are taken.</summary>
/// <param name="StableFor">How long a file's size and time must do not change before it is taken; zero takes at once.</param>
/// <param name="TemporarySuffixes">Endings of files that are still being written.</param>
internal sealed record DropFolderRules(TimeSpan StableFor, IReadOnlyList<string> TemporarySuffixes);

/// <summary>
/// A folder that is exchanged with another system, and its sub-folders: <c>in</c> where others drop, <c>work</c>
/// claimed files, <c>archive</c> and <c>refused</c> completed ones, <c>out</c> where others fetch, <c>sent</c> our
/// copies, <c>state</c> our own state. A file is claimed by renaming it: of several nodes one wins. All sub-folders are
/// on one file system. Every step can be repeated after a crash.
/// </summary>
internal sealed class DropFolder(string root, DropFolderRules rules, TimeProvider time)
{
    private readonly Dictionary<string, ConnectorObservation> _seen = new(StringComparer.Ordinal);

    /// <summary>Called before each step that changes something; tests simulate a crash there.</summary>
    internal Action<string> BeforeStep { get; init; } = _ => { };

    public string Root => root;

    public string In => Path.Combine(root, "in");

    public string Work => Path.Combine(root, "work");

    public string Archive => Path.Combine(root, "archive");

    public string Refused => Path.Combine(root, "refused");

    public string Out => Path.Combine(root, "out");

    public string Sent => Path.Combine(root, "sent");

    public string State => Path.Combine(root, "state");

    /// <summary>Makes what is not there.</summary>
    public void Ensure()
    {
        foreach (var folder in (string[])[In, Work, Archive, Refused, Out, Sent, State])
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>The oldest claim that is not finished, made by any node; or null.</summary>
    public string? Unfinished() => new DirectoryInfo(Work).EnumerateFiles().Select(file => file.Name).Min(StringComparer.Ordinal);

    public bool IsClaimed(string name) => File.Exists(PathOf(name));

    public FileStream Open(string name) => new(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
        128 * 1024, FileOptions.SequentialScan);

    /// <summary>Claims the oldest file that is complete, or returns null. Another node's claim is no error.</summary>
    public string? Claim()
    {
        foreach (var file in Ready())
        {
            var name = $"{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssffffff", CultureInfo.InvariantCulture)}-{file.Name}";
            BeforeStep("claim");
            try
            {
                Durable.Move(file.FullName, PathOf(name), overwrite: false);
                _seen.Remove(file.Name);
                return name;
            }
            catch (IOException) when (!File.Exists(file.FullName))
            {
                // Another node was first.
            }
        }

        return null;
    }

    /// <summary>Files that are dropped and not taken yet, complete or not.</summary>
    public int Waiting() => Directory.Exists(In) ? Dropped().Count() : 0;

    /// <summary>
    /// Moves a claimed file to its final folder. Last of all steps: while it is in <c>work</c> it is not finished.
    /// </summary>
    /// <param name="reason">Written next to it, when there is something to say.</param>
    public void Finish(string name, bool refused, string? reason)
    {
        var target = Path.Combine(refused ? Refused : Archive, name);
        if (reason is not null)
        {
            BeforeStep("reason");
            Durable.Write($"{target}.reason.txt", Encoding.UTF8.GetBytes(reason));
        }

        BeforeStep("put away");
        if (IsClaimed(name))
        {
            Durable.Move(PathOf(name), target, overwrite: true);
        }
    }

    /// <summary>
    /// Hands a file over: it appears in <c>out</c> whole or not at all, and a copy stays in <c>sent</c>. Repeating it
    /// is safe: what was handed over is not written again, and what may have been is written with the same name and
    /// bytes.
    /// </summary>
    /// <param name="mayWrite">Called once more before the file appears.</param>
    /// <returns>False when it may not be written any more; then nothing happened.</returns>
    public bool HandOver(string name, ReadOnlySpan<byte> bytes, Func<bool>? mayWrite = null)
    {
        var sent = Path.Combine(Sent, name);
        if (File.Exists(sent))
        {
            return true;
        }

        var temporary = Path.Combine(State, $"{name}.{Environment.ProcessId}.tmp");
        BeforeStep("write");
        Durable.Write(temporary, bytes);
        if (mayWrite?.Invoke() == false)
        {
            File.Delete(temporary);
            return false;
        }

        BeforeStep("hand over");
        Durable.Move(temporary, Path.Combine(Out, name), overwrite: true);
        BeforeStep("copy");
        Durable.Write(temporary, bytes);
        Durable.Move(temporary, sent, overwrite: true);
        return true;
    }

    private string PathOf(string name) => Path.Combine(Work, name);

    private List<FileInfo> Ready()
    {
        var ready = new List<FileInfo>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Dropped())
        {
            present.Add(file.Name);
            if (StoodStill(file))
            {
                ready.Add(file);
            }
        }

        foreach (var gone in _seen.Keys.Where(name => !present.Contains(name)).ToList())
        {
            _seen.Remove(gone);
        }

        return [.. ready.OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>Plain files only: a link could lead anywhere.</summary>
    private IEnumerable<FileInfo> Dropped() => new DirectoryInfo(In).EnumerateFiles()
        .Where(file => file.Name[0] != '.' && (file.Attributes & FileAttributes.ReparsePoint) == 0
            && !rules.TemporarySuffixes.Any(suffix => file.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>By our own clock: the other side's may be wrong.</summary>
    private bool StoodStill(FileInfo file)
    {
        if (rules.StableFor == TimeSpan.Zero)
        {
            return true;
        }

        var now = time.GetUtcNow();
        if (!_seen.TryGetValue(file.Name, out var observation) || observation.Length != file.Length
            || observation.At != file.LastWriteTimeUtc)
        {
            _seen[file.Name] = new ConnectorObservation(file.Length, file.LastWriteTimeUtc, now);
            return false;
        }

        return now - observation.Since >= rules.StableFor;
    }

    private sealed record ConnectorObservation(long Length, DateTime At, DateTimeOffset Since);
}
