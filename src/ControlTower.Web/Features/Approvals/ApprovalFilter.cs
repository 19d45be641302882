using System.ComponentModel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What a list of requests is narrowed to; its address and the API's parameters both use it.</summary>
/// <param name="State">Of the API; the page lists what waits and what was decided.</param>
/// <param name="Search">Any number of the order, by the rule of every list of orders.</param>
/// <param name="From">Requested at or after, business time.</param>
/// <param name="To">Requested before, business time.</param>
/// <param name="Sort">Null for the list's own order.</param>
public sealed record ApprovalFilter(
    ApprovalState? State = null, string? Search = null, DateTimeOffset? From = null, DateTimeOffset? To = null, ApprovalSort? Sort = null)
{
    public static ApprovalFilter All { get; } = new();

    /// <summary>The same requests in the usual order.</summary>
    internal ApprovalFilter Unsorted => this with { Sort = null };

    public string? SearchText => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();

    /// <summary>The page's address; equal filters give equal addresses.</summary>
    public string Address(string? cursor = null) => QueryHelpers.AddQueryString("approvals", new Dictionary<string, string?>
    {
        ["search"] = SearchText,
        ["from"] = InstantText.Write(From),
        ["to"] = InstantText.Write(To),
        ["sort"] = Sort is { } sort ? ChoiceText.For(sort) : null,
        ["cursor"] = cursor,
    }.Where(pair => pair.Value is not null));
}

/// <summary>A list's filter as a request has it.</summary>
internal sealed record ApprovalListRequest(
    [property: FromQuery(Name = "state"), Description(
        "pending, approved, rejected, void or expired; all without it.")] string? State,
    [property: FromQuery(Name = "search"), Description("Any number of the order's documents.")] string? Search,
    [property: FromQuery(Name = "from"), Description("Requested at or after (RFC 3339, business time).")] string? From,
    [property: FromQuery(Name = "to"), Description("Requested before (RFC 3339, business time).")] string? To,
    [property: FromQuery(Name = "sort"), Description(
        "newest (without it) or oldest; with state=pending also timeLeft or mostMoney.")] string? Sort)
{
    /// <param name="error">A sentence on the first value that is unknown.</param>
    public ApprovalFilter ToFilter(out string? error)
    {
        error = null;
        var state = ChoiceText.Find<ApprovalState>(State);
        if (state is null && !string.IsNullOrWhiteSpace(State))
        {
            error = "state: pending, approved, rejected, void or expired.";
        }

        var filter = new ApprovalFilter(
            state, string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(), InstantText.Read(From, "from", ref error),
            InstantText.Read(To, "to", ref error), ChoiceText.Read<ApprovalSort>(Sort, "sort", ref error));
        if (filter is { Sort: ApprovalSort.TimeLeft or ApprovalSort.MostMoney, State: not ApprovalState.Pending })
        {
            error ??= "sort: timeLeft and mostMoney are orders of pending requests, with state=pending.";
        }

        return filter;
    }
}
