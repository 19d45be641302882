using System.Diagnostics.CodeAnalysis;

namespace ControlTower.Core.Canonical;

/// <summary>Why an event could not be mapped. It becomes an exception case with the raw payload, never a loss.</summary>
/// <param name="ReasonCode">SCHEMA_INVALID or CODE_UNMAPPED.</param>
/// <param name="Field">The field, as a path into the event: <c>data.order.lines[0].amount</c>.</param>
/// <param name="Message">One sentence in the user's words.</param>
public sealed record MapRefusal(string ReasonCode, string Field, string Message);

/// <summary>A fact, or why there is none: exactly one of the two is set.</summary>
public sealed record MapResult
{
    private MapResult(Fact? fact, MapRefusal? refusal)
    {
        Fact = fact;
        Refusal = refusal;
    }

    public Fact? Fact { get; }

    public MapRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Fact))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsMapped => Fact is not null;

    public static MapResult Mapped(Fact fact) => new(fact, null);

    public static MapResult Refused(MapRefusal refusal) => new(null, refusal);
}
