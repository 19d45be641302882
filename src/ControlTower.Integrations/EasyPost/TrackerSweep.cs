using System.Text.Json;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Where a comparison of all trackers stands. EasyPost lists trackers by their creation, newest first, and cannot list what changed; so every sweep goes
/// through all that were created in the last days, and takes those touched since the sweep before, with an overlap for what was written late.
/// </summary>
/// <param name="Mark">EasyPost's time up to which all is read: the latest <c>updated_at</c> of the last complete sweep.</param>
/// <param name="High">The latest <c>updated_at</c> seen in the sweep under way.</param>
/// <param name="Before">The last tracker read in the sweep under way; null between two.</param>
/// <param name="SweptAt">System time when the last sweep ended.</param>
internal sealed record TrackerSweep(DateTimeOffset? Mark = null, DateTimeOffset? High = null, string? Before = null, DateTimeOffset? SweptAt = null)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>A cursor that cannot be read begins again; what was read before is then a duplicate.</summary>
    public static TrackerSweep Of(string? cursor)
    {
        try
        {
            return cursor is null ? new TrackerSweep() : JsonSerializer.Deserialize<TrackerSweep>(cursor, JsonSerializerOptions.Web) ?? new TrackerSweep();
        }
        catch (JsonException)
        {
            return new TrackerSweep();
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Whether the last sweep ended so lately that the next may wait.</summary>
    public bool Rests(DateTimeOffset now, TimeSpan rest) => Before is null && SweptAt is { } ended && ended + rest > now && ended <= now;

    public bool IsNews(DateTimeOffset? updated) => updated is null || Mark is null || updated >= Mark - Overlap;

    public TrackerSweep Past(string? id, DateTimeOffset? updated) => this with { Before = id ?? Before, High = updated > High || High is null ? updated ?? High : High };

    public TrackerSweep Ended(DateTimeOffset now) => new(High > Mark || Mark is null ? High ?? Mark : Mark, null, null, now);
}
