using System.ComponentModel;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>Requests the release of a held invoice.</summary>
internal static class ReleaseRequestEndpoint
{
    public static void Map(RouteGroupBuilder one) =>
        one.MapPost("/release-request", AskAsync).WithName("RequestRelease").WithSummary("Ask for the release of a held invoice")
            .WithDescription(
                "A second person, a finance approver, decides. Asking again for the same content answers the request that waits already.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Created<ReleaseRequested>, Ok<ReleaseRequested>, ProblemHttpResult>> AskAsync(
        string key, RequestedRelease asked, ApprovalService approvals, ICurrentActor current, CancellationToken cancellation)
    {
        var result = await approvals.RequestReleaseAsync(
            KeyText.Read(key), asked.Shipment, asked.Reason, await current.GetAsync(), null, null, cancellation);
        if (result.Refusal is { } refusal)
        {
            return refusal.ToProblem();
        }

        var request = result.Request!;
        var answer = new ReleaseRequested(request.Id, request.State, request.Part, Money.Trim(request.Amount), request.Currency,
            request.RequestedBy, request.ExpiresAt, result.Message);
        return result.Already ? TypedResults.Ok(answer) : TypedResults.Created($"{ApiRegistration.Prefix}/approvals/{request.Id}", answer);
    }
}

/// <param name="Reason">Why it should be invoiced without what is missing: one sentence of at most 1,000 characters.</param>
/// <param name="Shipment">Which of several held invoices; left out when there is one.</param>
internal sealed record RequestedRelease(
    [property: Description("Why it should be invoiced without what is missing.")] string? Reason,
    [property: Description("Which of several held invoices; left out when there is one.")] string? Shipment);

/// <param name="Message">What happened, in one sentence.</param>
internal sealed record ReleaseRequested(
    long Id, ApprovalState State, string? Shipment, decimal Amount, string Currency, string RequestedBy, DateTimeOffset ExpiresAt,
    string Message);
