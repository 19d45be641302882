using ControlTower.Web.Hosting;
using Serilog.Events;

namespace ControlTower.Web.Telemetry;

/// <summary>Section <c>Logs</c>.</summary>
internal sealed record LogOptions
{
    public const string Section = "Logs";

    /// <summary>
    /// JSON lines, a file a day or 100 MB, 14 files kept. Holds each fact and command of each order under its
    /// <c>CorrelationId</c>; without a folder these lines are not made, only those of what went wrong.
    /// </summary>
    /// <value>a folder that can be written</value>
    public string? Folder { get; init; }

    /// <summary>The least level that is written.</summary>
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;

    internal IEnumerable<string> FindErrors()
    {
        if (Folder is { Length: > 0 } folder && WritableFolder.FindError(folder) is { } error)
        {
            yield return $"{Section}:Folder: {folder} cannot be written ({error}); "
                + "make it writable, or leave the key out to log to the console only.";
        }
    }
}
