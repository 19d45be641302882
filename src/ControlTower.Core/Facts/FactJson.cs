using System.Text.Json;
using System.Text.Json.Serialization;

namespace ControlTower.Core.Facts;

/// <summary>A fact as the JSON that a transaction's events keep: what a rebuild merges again. Without nulls, camelCase.</summary>
public static class FactJson
{
    public static string Serialize(Fact fact) => JsonSerializer.Serialize(fact, CanonicalJsonContext.Default.Fact);

    /// <summary>The fact of a stored event. Throws <see cref="JsonException"/> when the text is not one.</summary>
    public static Fact Deserialize(string json) =>
        JsonSerializer.Deserialize(json, CanonicalJsonContext.Default.Fact) ?? throw new JsonException("A stored fact is empty.");
}

/// <summary>The part of a fact that counts: two facts of equal content are the same report.</summary>
internal sealed record FactContent(string Milestone, string Subject, IReadOnlyList<Reference> References, FactData Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Fact))]
[JsonSerializable(typeof(FactContent))]
[JsonSerializable(typeof(CommandOutcomeSnapshot))]
[JsonSerializable(typeof(ApprovalSnapshot))]
[JsonSerializable(typeof(ProofOfDelivery))]
internal sealed partial class CanonicalJsonContext : JsonSerializerContext;
