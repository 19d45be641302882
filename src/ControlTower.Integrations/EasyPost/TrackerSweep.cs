using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// The position of a comparison of all trackers. EasyPost lists trackers by their creation, newest first, and cannot
/// list what changed; so every sweep reads all that were created in the last days, and takes those updated since the
/// sweep before, with an overlap for what was written late.
/// </summary>
/// <param name="Mark">EasyPost's time up to which all is read: the latest <c>updated_at</c> of the last complete
/// sweep.</param>
/// <param name="High">The latest <c>updated_at</c> seen in the running sweep.</param>
/// <param name="Before">The last tracker read in the running sweep; null between two.</param>
/// <param name="SweptAt">System time when the last sweep ended.</param>
internal sealed record TrackerSweep(
    Watermark Mark = default, Watermark High = default, string? Before = null, DateTimeOffset? SweptAt = null)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    public TrackerSweep()
        : this(default(Watermark))
    {
    }

    public override string ToString() => Cursor.Write(this);

    /// <summary>Whether the last sweep ended so recently that the next may wait.</summary>
    public bool Rests(DateTimeOffset now, TimeSpan rest) => Before is null && SweptAt is { } ended && ended + rest > now && ended <= now;

    public bool IsNew(DateTimeOffset? updated) => Mark.IsNew(updated, Overlap);

    public TrackerSweep Past(string? id, DateTimeOffset? updated) => this with { Before = id ?? Before, High = High.Past(updated) };

    public TrackerSweep Ended(DateTimeOffset now) => new(Mark.Past(High.At), default, null, now);
}
