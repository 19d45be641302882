using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>Why an event could not be mapped. It becomes an exception case with the raw payload, never a loss.</summary>
/// <param name="ReasonCode">SCHEMA_INVALID or CODE_UNMAPPED.</param>
/// <param name="Field">The field, as a path into the event: <c>data.order.lines[0].amount</c>.</param>
/// <param name="Message">One sentence in the user's words.</param>
public sealed record MapRefusal(string ReasonCode, string Field, string Message)
{
    /// <summary>The code that nobody mapped, where that is the reason.</summary>
    public UnmappedCode? Code { get; init; }
}

/// <summary>A fact, or why there is none: exactly one of the three is set.</summary>
public sealed record MapResult
{
    private MapResult(Fact? fact, MapRefusal? refusal, string? ignored) => (Fact, Refusal, Ignored) = (fact, refusal, ignored);

    public Fact? Fact { get; }

    public MapRefusal? Refusal { get; }

    /// <summary>Why it does not concern the tower.</summary>
    public string? Ignored { get; }

    public static MapResult Mapped(Fact fact) => new(fact, null, null);

    public static MapResult Refused(MapRefusal refusal) => new(null, refusal, null);

    public static MapResult OfNoInterest(string why) => new(null, null, why);
}
