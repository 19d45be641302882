using System.Text.Json;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Hosting;

/// <summary>What the tower needs to know of the landscape: its sites, and its connectors for registration.</summary>
internal sealed record LandscapeFile(IReadOnlyList<LandscapeSite> Sites, IReadOnlyList<LandscapeConnector> Connectors)
{
    /// <summary>Both sites of every region in the order book.</summary>
    public static IReadOnlyList<LandscapeSite> SitesOf(OrderBook orders) =>
    [
        .. orders.All.Select(order => order.Region).Distinct().Select(Region.Named).OrderBy(region => region.Code, StringComparer.Ordinal)
            .SelectMany(region => new[]
            {
                new LandscapeSite(region.FirstSite, region.Name + " 1", region.Zone, region.Name, region.Area),
                new LandscapeSite(region.SecondSite, region.Name + " 2", region.Zone, region.Name, region.Area),
            }),
    ];

    /// <summary>Contains secrets: readable by its owner only.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, new JsonSerializerOptions(Json.Options) { WriteIndented = true }),
            secret: true);
    }
}

/// <param name="Area">East or west: which supervisor it belongs to.</param>
internal sealed record LandscapeSite(string Code, string Name, string TimeZone, string Region, string Area);

/// <param name="Reports">Exactly the milestones that this system reports.</param>
internal sealed record LandscapeConnector(
    string Name, string Role, string BaseUrl, string InboundSecret, string OutboundSecret, IReadOnlyList<string> Reports)
{
    public string Kind => "open";

    /// <summary>All sites.</summary>
    public IReadOnlyList<string> Sites => [];

    /// <summary>All legal entities.</summary>
    public IReadOnlyList<string> LegalEntities => [];

    public bool Poll { get; init; }

    public int PollSeconds { get; init; } = 15;
}
