using System.Text.Json.Serialization;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>
/// The current fact of one connector, subject and milestone (and sub-key, where one subject has several: a hold's id,
/// an exception's kind). Never changed once made: the setters are for the JSON reader, which is faster with them.
/// Property names are short because every state contains them.
/// </summary>
internal sealed record StateEntry
{
    private static readonly FactData NoData = new();

    [JsonPropertyName("m")]
    public string Milestone { get; set; } = "";

    [JsonPropertyName("c")]
    public string Connector { get; set; } = "";

    [JsonPropertyName("j")]
    public string Subject { get; set; } = "";

    [JsonPropertyName("k")]
    public string? SubKey { get; set; }

    [JsonPropertyName("r")]
    public string Role { get; set; } = "";

    [JsonPropertyName("q")]
    public long? Sequence { get; set; }

    [JsonPropertyName("t")]
    public DateTimeOffset Time { get; set; }

    [JsonPropertyName("i")]
    public string Id { get; set; } = "";

    [JsonPropertyName("h")]
    public string Hash { get; set; } = "";

    /// <summary>
    /// 1 when a fact of equal order and other content was found: one is kept by its hash, and the sender must clarify
    /// which is valid.
    /// </summary>
    [JsonPropertyName("x")]
    public int? Conflict { get; set; }

    /// <summary>1: the time is that of receipt. 2: the time lies ahead of receipt.</summary>
    [JsonPropertyName("f")]
    public int? TimeFlag { get; set; }

    [JsonPropertyName("l")]
    public IReadOnlyList<Reference>? References { get; set; }

    [JsonPropertyName("d")]
    public FactData Data { get; set; } = NoData;

    /// <summary>128 bits distinguish two contents.</summary>
    private const int HashLength = 32;

    [JsonIgnore]
    public bool IsOwner => Milestones.Owns(Role, Milestone);

    [JsonIgnore]
    public bool InConflict => Conflict is not null;

    public static StateEntry From(Fact fact) => new()
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

    /// <summary>Whether it links to that number; a number without a system may belong to any.</summary>
    public bool LinksTo(string kind, string? system, string value)
    {
        foreach (var reference in References ?? [])
        {
            if (reference.Kind == kind && reference.Value == value
                && (reference.System is null || system is null || reference.System == system))
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

    /// <summary>Links that correlate a fact are not needed any more; those between documents stay.</summary>
    private static List<Reference>? Trim(Fact fact)
    {
        List<Reference>? kept = null;
        foreach (var reference in fact.References)
        {
            var isPlacing = reference.Kind is ReferenceKinds.Transaction or ReferenceKinds.Command or ReferenceKinds.Order;
            if (!isPlacing && !IsSaidFully(reference, fact.References))
            {
                (kept ??= new List<Reference>(fact.References.Count)).Add(reference);
            }
        }

        return kept;
    }

    /// <summary>A number without its system adds nothing to the same number with its system.</summary>
    private static bool IsSaidFully(Reference bare, IReadOnlyList<Reference> all)
    {
        foreach (var other in all)
        {
            if (bare.System is null && other.System is not null && other.Kind == bare.Kind && other.Value == bare.Value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What no view needs stays in the events: the state is small.</summary>
    private static FactData Trim(FactData data)
    {
        if (data.Command is { } command)
        {
            var isCounted = command.Kind is CommandKinds.ReleaseFulfilment or CommandKinds.CancelFulfilment or CommandKinds.CreateInvoice;
            return data with { Command = command with { Key = "", Lines = isCounted ? command.Lines : null } };
        }

        var isLean = data.Freight is null && data.Deductions is null && !HasItems(data.Lines);
        return isLean
            ? data
            : data with { Freight = null, Deductions = null, Lines = data.Lines?.Select(line => line with { Item = null }).ToList() };
    }

    /// <summary>The order knows its lines' items; documents repeat them.</summary>
    private static bool HasItems(IReadOnlyList<FactLine>? lines)
    {
        foreach (var line in lines ?? [])
        {
            if (line.Item is not null)
            {
                return true;
            }
        }

        return false;
    }
}
