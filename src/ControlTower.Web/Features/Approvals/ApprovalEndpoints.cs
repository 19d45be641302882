using System.Text.Json.Serialization;
using ControlTower.Core.Approvals;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ControlTower.Web.Features.Approvals;

using Answer = Results<Ok<ApprovalResponse>, ProblemHttpResult>;

/// <summary>Requests for machines to read, and for people to decide on under their own cookie.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals").RequireAuthorization(Rights.SeeApprovals);
        approvals.MapGet("", ListAsync).WithName("ListApprovals").WithSummary("Requests, the newest first unless sorted otherwise");
        approvals.MapGet("/{id:long}", GetAsync).WithName("GetApproval").WithSummary("One request with its evidence");
        approvals.MapPost("/{id:long}/approve", ApproveAsync).WithName("Approve").WithSummary("Grants a release; a person's session only")
            .RequireAuthorization(Rights.Person);
        approvals.MapPost("/{id:long}/reject", RejectAsync)
            .WithName("Reject")
            .WithSummary("Refuses a release with a reason; a person's session only")
            .RequireAuthorization(Rights.Person);
    }

    private static async Task<Results<Ok<Page<ApprovalRow>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ApprovalListRequest request, [AsParameters] PageQuery page, ApprovalQueries queries, ICurrentActor current,
        CancellationToken cancellation)
    {
        var filter = request.ToFilter(out var error);
        return error is not null
            ? Problems.Invalid(error)
            : TypedResults.Ok(await queries.PageAsync(filter, await current.GetAsync(), page.Cursor, page.Size, cancellation));
    }

    private static async Task<Answer> GetAsync(long id, ApprovalQueries queries, ICurrentActor current, CancellationToken cancellation) =>
        await AnswerAsync(id, queries, await current.GetAsync(), cancellation);

    private static async Task<Answer> ApproveAsync(
        long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DecisionRequest? request,
        ApprovalService approvals, ApprovalQueries queries, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return (await approvals.ApproveAsync(id, actor, request?.Text, cancellation)).Refusal is { } refusal
            ? refusal.ToProblem()
            : await AnswerAsync(id, queries, actor, cancellation);
    }

    private static async Task<Answer> RejectAsync(
        long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DecisionRequest? request,
        ApprovalService approvals, ApprovalQueries queries, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return (await approvals.RejectAsync(id, actor, request?.Text, cancellation)).Refusal is { } refusal
            ? refusal.ToProblem()
            : await AnswerAsync(id, queries, actor, cancellation);
    }

    private static async Task<Answer> AnswerAsync(long id, ApprovalQueries queries, Actor actor, CancellationToken cancellation) =>
        await queries.FindAsync(id, actor, cancellation) is { } detail
            ? TypedResults.Ok(ApprovalResponse.From(detail))
            : Problems.NotFound("There is no such request.");
}

/// <param name="Comment">Why; a refusal needs it.</param>
/// <param name="Reason">The same under the name that other actions use.</param>
internal sealed record DecisionRequest(string? Comment, string? Reason)
{
    public string? Text => Comment ?? Reason;
}

/// <summary>A request as <c>GET /api/v1/approvals/{id}</c> returns it.</summary>
internal sealed record ApprovalResponse(
    long Id, ApprovalState State, string Kind, string Transaction, string Document, string? Shipment, string Customer, decimal Amount,
    string Currency, string? Site,
    string LegalEntity, string Reason, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Comment, long? ExceptionId, string ContentHash, long PolicyVersion,
    [property: JsonPropertyName("stillStands")] bool IsStillValid,
    IReadOnlyList<EvidenceItem> Evidence, IReadOnlyList<EvidenceItem>? EvidenceNow, AvailableAction Approve, AvailableAction Reject)
{
    public static ApprovalResponse From(ApprovalDetail detail)
    {
        var row = detail.Row;
        return new(row.Id, row.State, row.Kind, row.Transaction, row.Document, row.Shipment, row.Customer, row.Amount, row.Currency,
            row.Site, row.LegalEntity, row.Reason,
            row.RequestedBy, row.RequestedAt, row.ExpiresAt, row.DecidedBy, row.DecidedAt, row.Comment, row.ExceptionId, detail.ContentHash,
            detail.PolicyVersion,
            detail.IsStillValid, detail.Evidence, detail.EvidenceNow, detail.Approve, detail.Reject);
    }
}
