using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Where the poll of <c>/v1/events</c> stands. Events are listed newest first and may be listed late, so every sweep begins anew at the top and goes back to a
/// little before the mark; the tail tells whether that little has changed, so that an unchanged one is not read in again.
/// </summary>
/// <param name="Mark">Unix seconds of the newest event of the last complete sweep.</param>
/// <param name="Tail">A digest of the events listed from <see cref="OverlapSeconds"/> before the mark.</param>
/// <param name="High">The newest event of the sweep under way.</param>
/// <param name="After">The last event read in the sweep under way; null between two.</param>
internal sealed record EventSweep(long? Mark = null, string? Tail = null, long? High = null, string? After = null)
{
    public const int OverlapSeconds = 300;

    /// <summary>How far back the first sweep goes: as far as Stripe keeps events.</summary>
    private const int FirstDays = 30;

    public static EventSweep Of(string? cursor)
    {
        try
        {
            return cursor is null ? new EventSweep() : JsonSerializer.Deserialize<EventSweep>(cursor, JsonSerializerOptions.Web) ?? new EventSweep();
        }
        catch (JsonException)
        {
            return new EventSweep();
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public long From(DateTimeOffset now) => Mark is { } mark ? mark - OverlapSeconds : now.AddDays(-FirstDays).ToUnixTimeSeconds();

    public static string DigestOf(IEnumerable<string> ids) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ids))))[..16];
}
