using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>What a command becomes: a document, nothing because no document exists for it, or a refusal.</summary>
internal sealed record OutDocument
{
    /// <summary>940; empty when nothing is sent.</summary>
    public string Set { get; init; } = "";

    /// <summary>For the file's name.</summary>
    public string Name { get; init; } = "";

    public Action<X12Writer>? Body { get; init; }

    /// <summary>What the command's <c>externalId</c> becomes.</summary>
    public string? ExternalId { get; init; }

    public string? RefusalCode { get; init; }

    /// <summary>Why it is refused, or why nothing is sent.</summary>
    public string? Why { get; init; }

    /// <summary>Makes a fact that follows from the sending itself, given its event's source and id.</summary>
    public Func<string, byte[]>? Fact { get; init; }

    public static OutDocument Refused(string code, string why) => new() { RefusalCode = code, Why = why };

    public static OutDocument Nothing(string why) => new() { Why = why };
}
