using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>One transaction for machines.</summary>
internal static class TransactionDetailEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var one = api.MapGroup("/transactions/{key}").WithTags("Transactions")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", FindAsync).WithName("GetTransaction").WithSummary("One order's whole life")
            .WithDescription("key is {erp}:{order}, or an order number that only one ERP uses; a slash in it is written %2F.");
        one.MapGet("/events/{id:long}", EventAsync)
            .WithName("GetTransactionEvent")
            .WithSummary("An event as it was sent, and as it was understood");
        one.MapGet("/commands/{id:long}", CommandAsync).WithName("GetTransactionCommand").WithSummary("A command as it is sent");
        ReleaseRequestEndpoint.Map(one);
    }

    private static async Task<Results<Ok<TransactionDetail>, ProblemHttpResult>> FindAsync(
        string key, ITransactionEvents details, ICurrentActor current, CancellationToken cancellation) =>
        await details.FindAsync(KeyText.Read(key), await current.GetAsync(), cancellation) is { } found
            ? TypedResults.Ok(found)
            : NotFound(key);

    private static async Task<Results<Ok<EventPayload>, ProblemHttpResult>> EventAsync(
        string key, long id, ITransactionEvents details, ICurrentActor current, CancellationToken cancellation) =>
        await details.EventAsync(KeyText.Read(key), id, await current.GetAsync(), cancellation) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("There is no such event of this transaction.");

    private static async Task<Results<Ok<CommandPayload>, ProblemHttpResult>> CommandAsync(
        string key, long id, ITransactionEvents details, ICurrentActor current, CancellationToken cancellation) =>
        await details.CommandAsync(KeyText.Read(key), id, await current.GetAsync(), cancellation) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("There is no such command of this transaction.");

    private static ProblemHttpResult NotFound(string key) => Problems.NotFound($"There is no transaction {KeyText.Read(key)}.");
}
