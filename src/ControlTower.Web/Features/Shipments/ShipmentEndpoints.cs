using System.ComponentModel;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlTower.Web.Features.Shipments;

/// <summary>Shipments for machines.</summary>
internal static class ShipmentEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/shipments", ListAsync)
        .WithTags("Shipments")
        .WithName("ListShipments")
        .WithSummary("Orders by how their shipments are doing, with the shipments")
        .WithDescription(
            "Only those of the caller's sites and legal entities. Late and at risk: by their promise, the earliest first; else the latest "
                + "changed first, unless sorted otherwise. search finds what it finds in the list of transactions.")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Page<ShipmentRow>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ShipmentListRequest request,
        [AsParameters] PageQuery page,
        IShipmentLists queries,
        ICurrentActor current,
        CancellationToken cancellation)
    {
        var (filter, error) = ShipmentFilterText.Read(request);
        if (error is not null)
        {
            return Problems.Invalid(error);
        }

        var cursor = RowCursor.Read(page.Cursor, ChoiceText.For(filter.Order));
        var found = await queries.ListAsync(filter, await current.GetAsync(), cursor, page.Size, cancellation);
        return TypedResults.Ok(new Page<ShipmentRow>(found.Rows, found.Next));
    }
}

/// <summary>A list's filter as a request has it.</summary>
public sealed record ShipmentListRequest(
    [property: FromQuery(Name = "list"), Description(
        "onTheirWay (without it), late, atRisk, silent, withoutProof or withoutTracking.")] string? List,
    [property: FromQuery(Name = "search"), Description("Any number of any system, a key, a correlation id or a customer.")] string? Search,
    [property: FromQuery(Name = "carrier")] string? Carrier,
    [property: FromQuery(Name = "site"), Description("Where the goods leave.")] string? Site,
    [property: FromQuery(Name = "region"), Description("Where they go.")] string? Region,
    [property: FromQuery(Name = "from"), Description("Promised at or after (RFC 3339, business time).")] string? From = null,
    [property: FromQuery(Name = "to"), Description("Promised before (RFC 3339, business time).")] string? To = null,
    [property: FromQuery(Name = "sort"), Description(
        "promise (orders without one last) or latest; without it as the list is about promises or not.")] string? Sort = null);
