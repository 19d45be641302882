using ControlTower.Core.Kernel;
using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// The position of the poll of <c>/v1/events</c>. Events are listed newest first and may be listed late, so every sweep
/// starts at the top and goes back to a little before the mark; the tail shows whether that overlap has changed, so
/// that an unchanged one is not read again.
/// </summary>
/// <param name="Mark">The newest event of the last complete sweep.</param>
/// <param name="Tail">A digest of the events listed from <see cref="Overlap"/> before the mark.</param>
/// <param name="High">The newest event of the running sweep.</param>
/// <param name="After">The last event read in the running sweep; null between two.</param>
internal sealed record EventSweep(Watermark Mark = default, string? Tail = null, Watermark High = default, string? After = null)
{
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>How far back the first sweep goes: as far as Stripe keeps events.</summary>
    private const int FirstDays = 30;

    public EventSweep()
        : this(default(Watermark))
    {
    }

    public override string ToString() => Cursor.Write(this);

    public DateTimeOffset From(DateTimeOffset now) => Mark.From(Overlap) ?? now.AddDays(-FirstDays);

    public static string DigestOf(IEnumerable<string> ids) =>
        Digest.Hex(string.Join('\n', ids))[..16];
}
