using System.Globalization;
using ControlTower.Web.Shared.Kit.Totals;

namespace ControlTower.Web.Features.Shipments;

/// <summary>How many orders each list holds under a filter, counted no further than <see cref="Most"/>.</summary>
public sealed record ShipmentCounts(IReadOnlyDictionary<ShipmentList, int> Lists)
{
    /// <summary>Counting stops here.</summary>
    public const int Most = 2500;

    public static ShipmentCounts None { get; } = new(new Dictionary<ShipmentList, int>());

    /// <summary>How many that list has; null before it is counted.</summary>
    public ListTotal? Total(ShipmentList list) => !Lists.TryGetValue(list, out var count) ? null
        : count > Most ? new ListTotal(Most, More: true)
        : new ListTotal(count);

    /// <summary>"17"; "2500+"; null before it is counted.</summary>
    public string? Text(ShipmentList list) => !Lists.TryGetValue(list, out var count) ? null
        : count > Most ? string.Create(CultureInfo.InvariantCulture, $"{Most}+")
        : count.ToString(CultureInfo.InvariantCulture);
}
