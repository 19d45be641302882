namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Section <c>Connectors:Edi</c>.</summary>
public sealed record EdiOptions
{
    public const string Section = "Connectors:Edi";

    /// <summary>The folder below which the partners' folders lie. Without it no partner can be registered.</summary>
    public string? Root { get; init; }

    /// <summary>A file that is larger is put aside unread, 1 to 2,000.</summary>
    public int MostMegabytes { get; init; } = 200;
}
