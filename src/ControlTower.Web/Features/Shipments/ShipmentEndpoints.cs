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
                + "changed first. search takes any number of any system, as the list of transactions does.")
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

        var found = await queries.ListAsync(filter, await current.GetAsync(), TimeCursor.Read(page.Cursor), page.Size, cancellation);
        return TypedResults.Ok(new Page<ShipmentRow>(found.Rows, found.Next));
    }
}

/// <summary>A list's filter as a request has it.</summary>
public sealed record ShipmentListRequest(
    [property: FromQuery(Name = "list"), Description(
        "onTheirWay (without it), late, atRisk, silent, withoutProof or withoutTracking.")] string? List,
    [property: FromQuery(Name = "search"), Description("Any number of any system, a key or a correlation id.")] string? Search,
    [property: FromQuery(Name = "carrier")] string? Carrier,
    [property: FromQuery(Name = "site"), Description("Where the goods leave.")] string? Site,
    [property: FromQuery(Name = "region"), Description("Where they go.")] string? Region);
