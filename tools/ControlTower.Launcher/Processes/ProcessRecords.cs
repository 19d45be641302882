using System.Text.Json;

namespace ControlTower.Launcher.Processes;

/// <summary>A child that was started, under the name of its part (web, sandbox).</summary>
public sealed record ProcessRecord(string Name, ProcessIdentity Process);

/// <summary>
/// The children of a run, one file each, written after the start and removed after the end: a file found at the next
/// start is of a run that was killed. A crash between start and record leaves a process that only occupies its ports.
/// </summary>
public sealed class ProcessRecords(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Write(ProcessRecord record)
    {
        Directory.CreateDirectory(folder);
        var draft = PathOf(record.Name) + ".draft";
        File.WriteAllText(draft, JsonSerializer.Serialize(record, Json));
        File.Move(draft, PathOf(record.Name), overwrite: true);
    }

    public void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>Every readable record. A truncated or foreign file is ignored.</summary>
    public IReadOnlyList<ProcessRecord> ReadAll()
        => Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OfType<ProcessRecord>()]
            : [];

    /// <summary>
    /// Ends what an earlier run left, and only that: a number that another process has by now is not touched.
    /// </summary>
    /// <returns>The names of the processes that were ended.</returns>
    public async Task<IReadOnlyList<string>> EndLeftoversAsync(TimeSpan grace)
    {
        var ended = new List<string>();
        foreach (var record in ReadAll().OrderByDescending(record => record.Name, StringComparer.Ordinal))
        {
            if (ProcessGroup.Alive(record.Process).Count > 0)
            {
                await Signals.EndAsync(record.Process, grace);
                ended.Add(record.Name);
            }

            Remove(record.Name);
        }

        return ended;
    }

    private static ProcessRecord? Read(string file)
    {
        try
        {
            var record = JsonSerializer.Deserialize<ProcessRecord>(File.ReadAllText(file), Json);
            return record is { Name.Length: > 0, Process.Pid: > 1 } ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".json");
}
