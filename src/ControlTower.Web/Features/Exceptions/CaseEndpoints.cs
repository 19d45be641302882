using System.ComponentModel;
using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Replay;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlTower.Web.Features.Exceptions;

using CaseAnswer = Results<Ok<CaseResponse>, ProblemHttpResult>;

/// <summary>
/// Cases for machines, and for people with their cookie. Rights are checked by the services, not here.
/// </summary>
internal static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/exceptions").WithTags("Exceptions");
        cases.MapGet("", ListAsync).WithName("ListExceptions").WithSummary("Exceptions of the caller's sites and legal entities")
            .WithDescription(
                "With states that are all unresolved, what is due first comes first; otherwise the newest, unless sorted otherwise.");
        cases.MapGet("/{id:long}", GetAsync).WithName("GetException").WithSummary("One exception with its payload, runbook and history");
        cases.MapPost("/{id:long}/replay", ReplayAsync)
            .WithName("ReplayException")
            .WithSummary("Puts what failed back, once: 409 while a replay is under way");
        cases.MapPost("/{id:long}/assign", AssignAsync)
            .WithName("AssignException")
            .WithSummary("Gives it to a person or a team; without a body to the caller");
        cases.MapPost("/{id:long}/waive", WaiveAsync).WithName("WaiveException").WithSummary("Accepts a condition as it is, with a reason")
            .WithDescription(
                "What it names continues, and what it holds stays held: the exception is listed as waived with its owner and amount at "
                    + "risk.");
        cases.MapPost("/{id:long}/discard", DiscardAsync)
            .WithName("DiscardException")
            .WithSummary("Drops the message of an exception, with a reason: it is never applied");
        cases.MapPost("/{id:long}/note", NoteAsync).WithName("NoteException").WithSummary("Adds a note");
        cases.MapPost("/{id:long}/confirm", ConfirmAsync)
            .WithName("ConfirmException")
            .WithSummary("A command of unknown outcome is there, under this number");
        cases.MapPost("/{id:long}/send-again", SendAgainAsync)
            .WithName("SendExceptionAgain")
            .WithSummary("A command of unknown outcome is not there: sends it again under its key, with where it was looked for")
            .WithDescription("A plain replay of a command of unknown outcome is refused where its target would not know it again.");
        cases.MapPost("/{id:long}/request-approval", RequestApprovalAsync)
            .WithName("RequestExceptionApproval")
            .WithSummary("Asks a second person to release the held invoice");
    }

    private static async Task<Results<Ok<Page<CaseRow>>, ProblemHttpResult>> ListAsync(
        [AsParameters] CaseListRequest request, [AsParameters] PageQuery page, CaseQueries queries, ICurrentActor current,
        CancellationToken cancellation)
    {
        var filter = request.ToFilter(out var error);
        return error is not null
            ? Problems.Invalid(error)
            : TypedResults.Ok(await queries.PageAsync(filter, await current.GetAsync(), page.Cursor, page.Size, cancellation));
    }

    private static async Task<CaseAnswer> GetAsync(long id, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation) =>
        await AnswerAsync(id, query, await current.GetAsync(), cancellation);

    private static async Task<CaseAnswer> ReplayAsync(
        long id, ReplayService replays, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return (await replays.ReplayAsync(id, actor, cancellation)).Refusal is { } refusal
            ? refusal.ToProblem()
            : await AnswerAsync(id, query, actor, cancellation);
    }

    private static async Task<CaseAnswer> ConfirmAsync(
        long id, ConfirmRequest request, ReplayService replays, CaseDetailQuery query, ICurrentActor current,
        CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return (await replays.ConfirmAsync(id, request.ExternalId, actor, cancellation)).Refusal is { } refusal
            ? refusal.ToProblem()
            : await AnswerAsync(id, query, actor, cancellation);
    }

    private static async Task<CaseAnswer> SendAgainAsync(
        long id, ReasonRequest request, ReplayService replays, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return (await replays.SendAgainAsync(id, request.Reason, actor, cancellation)).Refusal is { } refusal
            ? refusal.ToProblem()
            : await AnswerAsync(id, query, actor, cancellation);
    }

    private static async Task<CaseAnswer> AssignAsync(
        long id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] AssignRequest? request,
        CaseService cases, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        var to = new CaseAssignment(request?.Assignee, request?.Team, request?.Note);
        return await AnswerAsync(await cases.AssignAsync(id, to, actor, request?.Version, cancellation), query, actor, cancellation);
    }

    private static async Task<CaseAnswer> WaiveAsync(
        long id, ReasonRequest request, CaseService cases, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return await AnswerAsync(
            await cases.WaiveAsync(id, request.Reason, actor, request.Version, cancellation), query, actor, cancellation);
    }

    private static async Task<CaseAnswer> DiscardAsync(
        long id, ReasonRequest request, CaseService cases, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return await AnswerAsync(
            await cases.DiscardAsync(id, request.Reason, actor, request.Version, cancellation), query, actor, cancellation);
    }

    private static async Task<CaseAnswer> NoteAsync(
        long id, NoteRequest request, CaseService cases, CaseDetailQuery query, ICurrentActor current, CancellationToken cancellation)
    {
        var actor = await current.GetAsync();
        return await AnswerAsync(await cases.NoteAsync(id, request.Text ?? "", actor, cancellation), query, actor, cancellation);
    }

    private static async Task<Results<Ok<RequestedRelease>, ProblemHttpResult>> RequestApprovalAsync(
        long id, ReleaseRequest request, ReleaseFromCase releases, ICurrentActor current, CancellationToken cancellation)
    {
        var result = await releases.AskAsync(id, request.Reason, request.Shipment, await current.GetAsync(), null, cancellation);
        return result.Refusal is { } refusal
            ? refusal.ToProblem()
            : TypedResults.Ok(RequestedRelease.From(result.Request!, result.Already));
    }

    private static async Task<CaseAnswer> AnswerAsync(
        CaseResult result, CaseDetailQuery query, Actor actor, CancellationToken cancellation) =>
        result.Refusal is { } refusal ? refusal.ToProblem() : await AnswerAsync(result.Case!.Id, query, actor, cancellation);

    /// <summary>
    /// A case that was handed over to a queue that the actor does not see is not found any more; the response reports
    /// that.
    /// </summary>
    private static async Task<CaseAnswer> AnswerAsync(long id, CaseDetailQuery query, Actor actor, CancellationToken cancellation) =>
        await query.FindAsync(id, actor, cancellation) is { } detail
            ? TypedResults.Ok(CaseResponse.From(detail))
            : Problems.NotFound("There is no such exception.");
}

/// <summary>A list's filter as a request has it.</summary>
internal sealed record CaseListRequest(
    [property: FromQuery(Name = "state"), Description(
        "open, assigned, waiting, resolved, waived, discarded or unresolved; several with commas; all without it.")] string? State,
    [property: FromQuery(Name = "team")] string? Team,
    [property: FromQuery(Name = "reasonCode")] string? ReasonCode,
    [property: FromQuery(Name = "connector")] string? Connector,
    [property: FromQuery(Name = "site")] string? Site,
    [property: FromQuery(Name = "assignee")] string? Assignee,
    [property: FromQuery(Name = "search"), Description(
        "What finds the order in the list of transactions, words of the message, or the exception's own number.")] string? Search,
    [property: FromQuery(Name = "from"), Description("Opened at or after (RFC 3339, business time).")] string? From,
    [property: FromQuery(Name = "to"), Description("Opened before (RFC 3339, business time).")] string? To,
    [property: FromQuery(Name = "sort"), Description(
        "due (of unresolved ones), newest, or mostMoney (of unresolved or of waived ones).")] string? Sort)
{
    public CaseFilter ToFilter(out string? error)
    {
        var states = CaseFilter.ReadStates(State, out error);
        var filter = new CaseFilter
        {
            States = states,
            Team = Trimmed(Team),
            ReasonCode = Trimmed(ReasonCode),
            Connector = Trimmed(Connector),
            Site = Trimmed(Site),
            Assignee = Trimmed(Assignee),
            Search = Trimmed(Search),
            From = InstantText.Read(From, "from", ref error),
            To = InstantText.Read(To, "to", ref error),
        };
        var sort = ChoiceText.Read<CaseSort>(Sort, "sort", ref error);
        if (sort is { } wanted && !filter.Sorts.Contains(wanted))
        {
            error ??= $"sort: a list of these states has {string.Join(" or ", filter.Sorts.Select(ChoiceText.For))}.";
        }

        return filter.SortedBy(sort);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Assignee">User name; null with a team puts it into the team's queue.</param>
/// <param name="Version">The version that was seen; the action is refused when it changed since.</param>
internal sealed record AssignRequest(string? Assignee, string? Team, string? Note, int? Version);

internal sealed record ReasonRequest(string? Reason, int? Version);

internal sealed record NoteRequest(string? Text);

internal sealed record ConfirmRequest(string? ExternalId);

/// <param name="Shipment">Which held invoice, when the order has several.</param>
internal sealed record ReleaseRequest(string? Reason, string? Shipment);

/// <summary>The request that waits for a decision.</summary>
internal sealed record RequestedRelease(
    long Id, ApprovalState State, string Document, string? Shipment, decimal Amount, string Currency, string RequestedBy,
    DateTimeOffset ExpiresAt, bool Already)
{
    public static RequestedRelease From(ApprovalRequest request, bool already) => new(
        request.Id, request.State, request.Document, request.Part, Money.Trim(request.Amount), request.Currency, request.RequestedBy,
        request.ExpiresAt, already);
}
