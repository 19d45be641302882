namespace ControlTower.Web.Features.Transactions;

/// <summary>What a filter may be set to: the sites the actor may see, and their regions.</summary>
public sealed record TransactionChoices(IReadOnlyList<SiteChoice> Sites, IReadOnlyList<string> Regions)
{
    public static TransactionChoices None { get; } = new([], []);
}

/// <param name="TimeZone">IANA name.</param>
public sealed record SiteChoice(string Code, string Name, string TimeZone, string? Region)
{
    public string Text => $"{Name} ({Code})";
}
