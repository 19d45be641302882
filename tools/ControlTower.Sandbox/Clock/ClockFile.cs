using System.Text.Json;
using ControlTower.Sandbox.Cli;

namespace ControlTower.Sandbox.Clock;

/// <summary>The shared clock's file: {"businessStart":"…Z","systemStart":"…Z","speed":1440}.</summary>
internal sealed record ClockFile(DateTimeOffset BusinessStart, DateTimeOffset SystemStart, double Speed)
{
    /// <summary>The clock that the file describes; the system's own time when there is no file.</summary>
    /// <exception cref="BadInput">The file is there and cannot be read as a clock.</exception>
    public static BusinessClock Open(string path, TimeProvider system)
    {
        if (!File.Exists(path))
        {
            return BusinessClock.SystemTime(system);
        }

        try
        {
            var file = JsonSerializer.Deserialize<ClockFile>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return file is { Speed: > 0 } && file.SystemStart != default && file.BusinessStart != default
                ? new BusinessClock(system, file.BusinessStart, file.SystemStart, file.Speed)
                : throw Unusable(path);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(path);
        }
    }

    private static BadInput Unusable(string path) =>
        new($"The clock file {path} cannot be used: it needs businessStart, systemStart and a speed above 0.");
}
