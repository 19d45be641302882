using ControlTower.Web.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Shipments;

/// <summary>A filter as text in an address, and back. Unknown values are refused with a sentence, never ignored.</summary>
public static class ShipmentFilterText
{
    /// <summary>The list's address under this filter; equal filters give equal addresses, so that a link can be shared.</summary>
    /// <param name="peek">Key of the order whose shipments the drawer shows.</param>
    public static string Address(ShipmentFilter filter, string? peek = null, string? cursor = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["list"] = filter.List == ShipmentFilter.All.List ? null : ChoiceText.For(filter.List),
            ["search"] = filter.SearchText,
            ["carrier"] = filter.Carrier,
            ["site"] = filter.Site,
            ["region"] = filter.Region,
            ["from"] = InstantText.Write(filter.From),
            ["to"] = InstantText.Write(filter.To),
            ["sort"] = filter.Sort is { } sort ? ChoiceText.For(sort) : null,
            ["cursor"] = cursor,
            ["peek"] = peek,
        };
        return QueryHelpers.AddQueryString("/shipments", query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    /// <summary>The filter of those parameters, and a sentence on the first that is unknown.</summary>
    public static (ShipmentFilter Filter, string? Error) Read(ShipmentListRequest request)
    {
        string? error = null;
        var list = ChoiceText.Read<ShipmentList>(request.List, "list", ref error) ?? ShipmentFilter.All.List;
        var (from, to) = (InstantText.Read(request.From, "from", ref error), InstantText.Read(request.To, "to", ref error));
        var filter = new ShipmentFilter(
            list, Word(request.Search), Word(request.Carrier), Word(request.Site), Word(request.Region), from, to);
        return (filter.SortedBy(ChoiceText.Read<ShipmentSort>(request.Sort, "sort", ref error)), error);
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
