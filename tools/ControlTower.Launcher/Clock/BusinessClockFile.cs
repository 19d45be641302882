using System.Globalization;
using System.Text.Json;
using ControlTower.Launcher.Files;

namespace ControlTower.Launcher.Clock;

/// <summary>
/// The business clock that tower and sandbox share: at <paramref name="SystemStart"/> it shows <paramref
/// name="BusinessStart"/>, and
/// it runs <paramref name="Speed"/> times as fast as system time.
/// </summary>
public sealed record BusinessClockFile(DateTimeOffset BusinessStart, DateTimeOffset SystemStart, double Speed)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// A clock that continues from the furthest position, or starts with the first order where there is none yet.
    /// </summary>
    public static BusinessClockFile Continue(
        DateTimeOffset firstOrderAt, IEnumerable<DateTimeOffset> positions, double speed, DateTimeOffset systemNow)
        => new(positions.Append(firstOrderAt).Max().ToUniversalTime(), systemNow.ToUniversalTime(), speed);

    /// <summary>
    /// The positions that can be read. A missing or truncated one is ignored; the other one is enough.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> ReadPositions(IEnumerable<string> files)
        => [.. files.Where(File.Exists).Select(File.ReadAllText).Select(ParsePosition).OfType<DateTimeOffset>()];

    public void Write(string file) => WholeFile.Write(file, JsonSerializer.Serialize(
        new
        {
            businessStart = BusinessStart.UtcDateTime,
            systemStart = SystemStart.UtcDateTime,
            speed = Speed,
        },
        Json));

    internal static DateTimeOffset? ParsePosition(string text)
        => DateTimeOffset.TryParse(
            text.Trim().Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var position)
            ? position
            : null;
}
