using System.Text.Json;
using ControlTower.Web.Features.Transactions;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Shipments;

/// <summary>A filter as text in an address, and back. Unknown lists are refused with a sentence, never ignored.</summary>
public static class ShipmentFilterText
{
    /// <summary>The list's address under this filter; equal filters give equal addresses, so that a link can be shared.</summary>
    /// <param name="peek">Key of the order whose shipments the drawer shows.</param>
    public static string Address(ShipmentFilter filter, string? peek = null, string? cursor = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["list"] = filter.List == ShipmentFilter.All.List ? null : Text(filter.List),
            ["search"] = filter.SearchText,
            ["carrier"] = filter.Carrier,
            ["site"] = filter.Site,
            ["region"] = filter.Region,
            ["cursor"] = cursor,
            ["peek"] = peek,
        };
        return QueryHelpers.AddQueryString("/shipments", query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    /// <summary>"withoutProof".</summary>
    public static string Text(ShipmentList list) => JsonNamingPolicy.CamelCase.ConvertName(list.ToString());

    /// <summary>The filter of those parameters, and a sentence when the list is unknown.</summary>
    public static (ShipmentFilter Filter, string? Error) Read(ShipmentListRequest request)
    {
        var known = TransactionFilterText.TryText<ShipmentList>(request.List, out var list);
        var filter = new ShipmentFilter(
            list ?? ShipmentFilter.All.List, Word(request.Search), Word(request.Carrier), Word(request.Site), Word(request.Region));
        return (filter, known ? null : $"list is one of {string.Join(", ", Enum.GetValues<ShipmentList>().Select(Text))}.");
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
