using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Hosting;

/// <summary>
/// The file that defines where business time starts and how fast it runs, shared with the sandbox:
/// <c>{"businessStart":"2026-01-05T08:00:00Z","systemStart":"…Z","speed":1440}</c>. Without a file business time is system time.
/// </summary>
internal sealed record BusinessClock(DateTimeOffset BusinessStart, DateTimeOffset SystemStart, double Speed)
{
    private const double Fastest = 10_000_000;

    public static BusinessClock Read(string file) =>
        JsonSerializer.Deserialize<BusinessClock>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!;

    /// <returns>Half a sentence on what is wrong with the file, or null.</returns>
    public static string? FindError(string file)
    {
        try
        {
            return Read(file) switch
            {
                null => $"{file} holds no clock",
                { Speed: not (> 0 and <= Fastest) } clock =>
                    string.Create(
                        CultureInfo.InvariantCulture, $"{file} sets the speed {clock.Speed}, which is not above 0 and at most {Fastest:0}"),
                { BusinessStart.Year: < 1990 or > 2200 } or { SystemStart.Year: < 1990 or > 2200 } =>
                    $"{file} starts in a year that cannot be",
                _ => null,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be read ({error.Message.TrimEnd('.')})";
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return $"{file} is not the JSON of a clock (businessStart, systemStart, speed)";
        }
    }

    public TowerClocks ToClocks(TimeProvider system) => new(system, BusinessStart.ToUniversalTime(), SystemStart.ToUniversalTime(), Speed);
}
