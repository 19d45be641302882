using System.Text.Json.Serialization;
using ControlTower.Core.Canonical;
using ControlTower.Core.Decisions;

namespace ControlTower.Core.Transactions;

/// <summary>
/// The standing fact of one connector, subject and milestone (and sub-key, where one subject has several: a hold's id, an exception's kind). Immutable. Property
/// names are short because they stand in every state.
/// </summary>
internal sealed record Slot
{
    [JsonPropertyName("m")]
    public required string Milestone { get; init; }

    [JsonPropertyName("c")]
    public required string Connector { get; init; }

    [JsonPropertyName("j")]
    public required string Subject { get; init; }

    [JsonPropertyName("k")]
    public string? SubKey { get; init; }

    [JsonPropertyName("r")]
    public required string Role { get; init; }

    [JsonPropertyName("q")]
    public long? Sequence { get; init; }

    [JsonPropertyName("t")]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("i")]
    public required string Id { get; init; }

    [JsonPropertyName("h")]
    public required string Hash { get; init; }

    /// <summary>1 when a fact of equal order and other content was met: one is kept by its hash, and somebody must ask the sender.</summary>
    [JsonPropertyName("x")]
    public int? Conflict { get; init; }

    /// <summary>1: the time is that of receipt. 2: the time lies ahead of receipt.</summary>
    [JsonPropertyName("f")]
    public int? TimeFlag { get; init; }

    [JsonPropertyName("l")]
    public IReadOnlyList<Reference>? References { get; init; }

    [JsonPropertyName("d")]
    public required FactData Data { get; init; }

    /// <summary>128 bits tell two contents apart.</summary>
    private const int HashLength = 32;

    [JsonIgnore]
    public bool IsOwner => Milestones.Owns(Role, Milestone);

    [JsonIgnore]
    public bool InConflict => Conflict is not null;

    public static Slot Of(Fact fact) => new()
    {
        Milestone = fact.Milestone,
        Connector = fact.Connector,
        Subject = fact.Subject,
        SubKey = SubKeyOf(fact),
        Role = fact.Role,
        Sequence = fact.Sequence,
        Time = fact.Time,
        Id = fact.Id,
        Hash = fact.ContentHash[..Math.Min(HashLength, fact.ContentHash.Length)],
        TimeFlag = fact.TimeIsReceipt ? 1 : fact.TimeIsAhead ? 2 : null,
        References = Trim(fact),
        Data = Trim(fact.Data),
    };

    /// <summary>The value of the first link of that kind, or null.</summary>
    public string? Link(string kind)
    {
        foreach (var reference in References ?? [])
        {
            if (reference.Kind == kind)
            {
                return reference.Value;
            }
        }

        return null;
    }

    /// <summary>Whether it links to that number; a number without a system may be anybody's.</summary>
    public bool LinksTo(string kind, string? system, string value)
    {
        foreach (var reference in References ?? [])
        {
            if (reference.Kind == kind && reference.Value == value && (reference.System is null || system is null || reference.System == system))
            {
                return true;
            }
        }

        return false;
    }

    private static string? SubKeyOf(Fact fact) => fact.Milestone switch
    {
        Milestones.OrderHeld or Milestones.OrderReleased => fact.Data.Hold?.Id,
        Milestones.ShipmentException => fact.Data.Exception?.Kind,
        Milestones.CommandFailed => fact.Data.Command?.Key,
        Milestones.ApprovalGranted => fact.Data.Approval?.ContentHash,
        _ => null,
    };

    /// <summary>Links that place a fact have done their work; those between documents stay.</summary>
    private static List<Reference>? Trim(Fact fact)
    {
        List<Reference>? kept = null;
        foreach (var reference in fact.References)
        {
            if (reference.Kind is not (ReferenceKinds.Transaction or ReferenceKinds.Command or ReferenceKinds.Order))
            {
                (kept ??= new List<Reference>(fact.References.Count)).Add(reference);
            }
        }

        return kept;
    }

    /// <summary>What no view needs stays in the events: the state is small.</summary>
    private static FactData Trim(FactData data)
    {
        if (data.Command is { } command)
        {
            var isCounted = command.Kind is CommandKinds.ReleaseFulfilment or CommandKinds.CancelFulfilment or CommandKinds.CreateInvoice;
            return data with { Command = command with { Key = "", Lines = isCounted ? command.Lines : null } };
        }

        return data.Freight is null && data.Deductions is null ? data : data with { Freight = null, Deductions = null };
    }
}
