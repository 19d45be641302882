using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Kernel.Topology;

/// <summary>
/// The gaps of the routing: for every kind the sites and legal entities that are known (from the connectors and the
/// sites), as far as no connector takes it there and its mode is to send it.
/// </summary>
public static class UnservedCommands
{
    public static IReadOnlyList<UnservedCommand> For(SystemTopology topology) =>
        [.. CommandKinds.All.SelectMany(kind => For(topology, kind))];

    private static IEnumerable<UnservedCommand> For(SystemTopology topology, string kind)
    {
        var places = PlacesOf(topology, kind).Where(place => topology.ModeOf(kind, place.LegalEntity, place.Site) == CommandMode.Send)
            .ToList();
        if (places.Count == 0 || IsEveryFounderTaking(topology, kind))
        {
            return [];
        }

        var gaps = places.Where(place => topology.Route(kind, place.Site, place.LegalEntity ?? "", founder: null) is null).ToList();
        return gaps.Count == 0 ? []
            : !topology.Connectors.Any(connector => connector.TakesKind(kind)) || gaps.Count == places.Count ? [new(kind, null, null)]
            : Compact(kind, places, gaps);
    }

    /// <summary>Then each order's commands go to the ERP that founded it, wherever it is.</summary>
    private static bool IsEveryFounderTaking(SystemTopology topology, string kind)
    {
        var founders = topology.Connectors.Where(connector => connector.Role == CommandKinds.RoleOf(kind)).ToList();
        return CommandRouter.IsFounders(kind) && founders.Count > 0 && founders.TrueForAll(connector => connector.TakesKind(kind));
    }

    /// <summary>A legal entity without any, then a site without any, then the rest one by one.</summary>
    private static IEnumerable<UnservedCommand> Compact(string kind, List<Place> places, List<Place> gaps)
    {
        var entities = Whole(places, gaps, place => place.LegalEntity);
        var sites = Whole(places, gaps.FindAll(gap => !entities.Contains(gap.LegalEntity)), place => place.Site);
        return
        [
            .. entities.Select(entity => new UnservedCommand(kind, entity, null)),
            .. sites.Select(site => new UnservedCommand(kind, null, site)),
            .. gaps.Where(gap => !entities.Contains(gap.LegalEntity) && !sites.Contains(gap.Site))
                .Select(gap => new UnservedCommand(kind, gap.LegalEntity, gap.Site)),
        ];
    }

    private static HashSet<string?> Whole(List<Place> places, List<Place> gaps, Func<Place, string?> part) =>
        [.. gaps.GroupBy(part)
            .Where(group => group.Key is not null && group.Count() == places.Count(place => part(place) == group.Key))
            .Select(group => group.Key)];

    /// <summary>A site of one legal entity is none of another's.</summary>
    private static List<Place> PlacesOf(SystemTopology topology, string kind)
    {
        var sites = CommandKinds.HasSite(kind)
            ? topology.Connectors.SelectMany(connector => connector.Sites)
                .Concat(topology.Sites.Keys)
                .Distinct(StringComparer.Ordinal)
                .ToList<string?>()
            : [];
        var entities = topology.Connectors.SelectMany(connector => connector.LegalEntities)
            .Concat(topology.Sites.Values.Select(site => site.LegalEntity).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .ToList<string?>();
        return
        [
            .. from entity in entities.DefaultIfEmpty()
               from site in sites.DefaultIfEmpty()
               where site is null || topology.Sites.GetValueOrDefault(site)?.LegalEntity is not { } owner || entity is null
                   || owner == entity
               orderby entity, site
               select new Place(entity, site),
        ];
    }

    private sealed record Place(string? LegalEntity, string? Site);
}
