using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>The list's address: a bookmark or a shared link brings the same view back.</summary>
public static class CaseAddress
{
    public static string From(CaseFilter filter, string? cursor = null) =>
        QueryHelpers.AddQueryString("exceptions", new Dictionary<string, string?>
    {
        ["state"] = States(filter.States),
        ["team"] = filter.Team,
        ["reasonCode"] = filter.ReasonCode,
        ["connector"] = filter.Connector,
        ["site"] = filter.Site,
        ["assignee"] = filter.Assignee,
        ["search"] = filter.Search,
        ["from"] = InstantText.Write(filter.From),
        ["to"] = InstantText.Write(filter.To),
        ["sort"] = filter.Sort is { } sort ? ChoiceText.For(sort) : null,
        ["cursor"] = cursor,
    }.Where(pair => pair.Value is not null));

    /// <summary>Null for what the page shows by itself: everything unresolved.</summary>
    private static string? States(IReadOnlyList<CaseState> states) =>
        states.SequenceEqual(CaseFilter.Unresolved) ? null
        : states.Count == 0 ? "all"
        : string.Join(',', states.Select(state => state.ToString().ToLowerInvariant()));
}
