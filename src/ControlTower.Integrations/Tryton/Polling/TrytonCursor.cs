using System.Text.Json;
using System.Text.Json.Serialization;
using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.Tryton.Polling;

/// <summary>
/// How far one model was read. Records that were never written since their creation have no write stamp in Tryton, so
/// there are two watermarks. While a page was full, the id with a watermark is set, and reading continues exactly
/// there; else the next poll starts before the watermark by the overlap.
/// </summary>
internal sealed record FeedMark
{
    [JsonPropertyName("written")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Watermark Written { get; init; }

    [JsonPropertyName("writtenId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long WrittenId { get; init; }

    [JsonPropertyName("created")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Watermark Created { get; init; }

    [JsonPropertyName("createdId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CreatedId { get; init; }
}

/// <summary>
/// The watermarks of a connector's feeds, as the JSON object that is kept as its cursor:
/// <c>{"sale.sale":{"written":"…","created":"…"}}</c>.
/// </summary>
internal sealed class TrytonCursor
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly SortedDictionary<string, FeedMark> _marks;

    private TrytonCursor(SortedDictionary<string, FeedMark> marks) => _marks = marks;

    public FeedMark this[string feed]
    {
        get => _marks.GetValueOrDefault(feed) ?? new FeedMark();
        set => _marks[feed] = value;
    }

    /// <returns>Null when the text is no cursor of ours.</returns>
    public static TrytonCursor? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new TrytonCursor(new(StringComparer.Ordinal));
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, FeedMark>>(text, Options) is { } marks
                && marks.Values.All(mark => mark is not null)
                ? new TrytonCursor(new(marks, StringComparer.Ordinal))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(_marks, Options);
}
