using System.Text.Json;
using System.Text.Json.Serialization;

namespace ControlTower.Integrations.Polling;

/// <summary>
/// How far a feed was read, in the feed's own time; none before the first read. Systems stamp a change when it begins
/// and show it when it commits, so a change may become visible after a younger one: every read begins before the mark
/// by an overlap that is longer than the longest such delay. What is read twice is a duplicate.
/// </summary>
/// <param name="At">The latest stamp that was read.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct Watermark(DateTimeOffset? At)
{
    /// <summary>Where the next read begins; null: at the beginning of the feed.</summary>
    public DateTimeOffset? From(TimeSpan overlap) => At - overlap;

    /// <summary>Whether a record with this stamp may be unread; one without a stamp always may.</summary>
    public bool IsNew(DateTimeOffset? stamp, TimeSpan overlap) => stamp is null || At is null || stamp >= From(overlap);

    /// <summary>Moved on to a later stamp; an earlier one, or none, moves nothing.</summary>
    public Watermark Past(DateTimeOffset? stamp) => stamp is { } later && (At is null || later > At) ? new(later) : this;

    /// <summary>Written as a time, read as a time or as Unix seconds.</summary>
    private sealed class Converter : JsonConverter<Watermark>
    {
        public override bool HandleNull => true;

        public override Watermark Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => default,
            JsonTokenType.Number when reader.TryGetInt64(out var seconds) && seconds is >= 0 and < 253402300800 =>
                new(DateTimeOffset.FromUnixTimeSeconds(seconds)),
            JsonTokenType.String when reader.TryGetDateTimeOffset(out var at) => new(at),
            _ => throw new JsonException("It is no time."),
        };

        public override void Write(Utf8JsonWriter writer, Watermark mark, JsonSerializerOptions options)
        {
            if (mark.At is { } at)
            {
                writer.WriteStringValue(at);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
