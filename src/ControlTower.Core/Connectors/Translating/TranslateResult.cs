using ControlTower.Core.Facts;

namespace ControlTower.Core.Connectors.Translating;

/// <summary>The translation of a vendor's event: exactly one of the three is set.</summary>
public sealed record TranslateResult
{
    private TranslateResult(byte[]? @event, string? why, MapRefusal? refusal) => (Event, Ignored, Refusal) = (@event, why, refusal);

    /// <summary>One open event, UTF-8 JSON.</summary>
    public byte[]? Event { get; }

    /// <summary>
    /// Why it does not concern the tower, in one sentence: the message ends as ignored, which is recorded.
    /// </summary>
    public string? Ignored { get; }

    /// <summary>Why it could not be translated: an exception case.</summary>
    public MapRefusal? Refusal { get; }

    public static TranslateResult Fact(byte[] @event) => new(@event, null, null);

    public static TranslateResult OfNoInterest(string why) => new(null, why, null);

    public static TranslateResult Refused(MapRefusal refusal) => new(null, null, refusal);
}
