using System.Text.Json.Serialization;
using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>
/// How far a folder was read: the claimed file, and how many of its events are committed. Results that depend on what
/// was stored before are kept with it.
/// </summary>
internal sealed record EdiCursor
{
    public static EdiCursor None { get; } = new();

    [JsonPropertyName("file")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }

    [JsonPropertyName("next")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Next { get; init; }

    /// <summary>All its events are committed: it may be acknowledged and moved to the archive.</summary>
    [JsonPropertyName("done")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Done { get; init; }

    /// <summary>Interchanges of the file, by their place, that were taken in before.</summary>
    [JsonPropertyName("known")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Known { get; init; }

    /// <summary>Interchanges whose control number was taken in before with other content.</summary>
    [JsonPropertyName("reused")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Reused { get; init; }

    /// <summary>
    /// A cursor that is none of ours starts from the beginning: what was committed is known by its control numbers.
    /// </summary>
    public static EdiCursor Parse(string? text) => Cursor.Read<EdiCursor>(text);

    public override string ToString() => Cursor.Write(this);
}
