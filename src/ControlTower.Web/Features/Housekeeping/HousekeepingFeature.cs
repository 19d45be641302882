using ControlTower.Core.Housekeeping;
using ControlTower.Core.Housekeeping.Rebuild;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlTower.Web.Features.Housekeeping;

/// <summary>
/// Keeps the hot tables small; and the administrator's check whether a transaction equals the merge of its events.
/// </summary>
internal sealed class HousekeepingFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddHousekeepingRounds();

    public static void MapApi(RouteGroupBuilder api) => api.MapPost("/transactions/{key}/rebuild", RebuildAsync).WithTags("Transactions")
        .RequireAuthorization(Rights.Administer).WithName("RebuildTransaction").WithSummary("Merge a transaction again from its events")
        .WithDescription(
            "Reports how the stored state differs from what its events give (it should not), and sets it right with an entry in the audit "
                + "chain.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<RebuildReport>, ProblemHttpResult>> RebuildAsync(
        string key, Rebuilder rebuilder, ICurrentActor current, CancellationToken cancellation) =>
        await rebuilder.OneAsync(KeyText.Read(key), await current.GetAsync(), cancellation) is { } report
            ? TypedResults.Ok(report)
            : Problems.NotFound($"There is no transaction {KeyText.Read(key)}.");
}
