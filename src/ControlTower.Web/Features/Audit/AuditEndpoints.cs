using System.ComponentModel;
using ControlTower.Core.Audit;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlTower.Web.Features.Audit;

/// <summary>The audit chain for machines.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").RequireAuthorization(Rights.SeeAudit);
        audit.MapGet("", ListAsync).WithName("ListAudit").WithSummary("Who did what, the newest first unless sorted otherwise");
        audit.MapPost("/verify", VerifyAsync).WithName("VerifyAudit")
            .WithSummary("Walks every chain, compares the top head with its anchor and reports where one is broken");
    }

    private static async Task<Results<Ok<Page<AuditRow>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AuditListRequest request, [AsParameters] PageQuery page, AuditQueries queries, ICurrentActor current,
        CancellationToken cancellation)
    {
        var filter = request.ToFilter(out var error);
        return error is not null
            ? Problems.Invalid(error)
            : TypedResults.Ok(await queries.PageAsync(filter, await current.GetAsync(), page.Cursor, page.Size, cancellation));
    }

    private static async Task<Ok<VerifyResponse>> VerifyAsync(AuditVerifier verifier, CancellationToken cancellation)
    {
        var verdict = await verifier.VerifyAsync(cancellation);
        return TypedResults.Ok(new VerifyResponse(verdict.Intact, verdict.Entries, verdict.Top, verdict.Chains));
    }
}

internal sealed record AuditListRequest(
    [property: FromQuery(Name = "actor"), Description("User name, key: and a key's name, or tower.")] string? Actor,
    [property: FromQuery(Name = "act"), Description("case.replayed, or case. for all of its kind.")] string? Act,
    [property: FromQuery(Name = "object"), Description("An object's key, with or without its type: 17, case:17.")] string? Object,
    [property: FromQuery(Name = "transaction"), Description("A transaction's key or order number.")] string? Transaction,
    [property: FromQuery(Name = "from"), Description("Recorded at or after (RFC 3339, system time).")] string? From,
    [property: FromQuery(Name = "to"), Description("Recorded before (RFC 3339, system time).")] string? To,
    [property: FromQuery(Name = "sort"), Description("newest (without it) or oldest.")] string? Sort)
{
    public AuditFilter ToFilter(out string? error)
    {
        error = null;
        return new AuditFilter(
            Trimmed(Actor), Trimmed(Act), Trimmed(Object), Trimmed(Transaction), InstantText.Read(From, "from", ref error),
            InstantText.Read(To, "to", ref error), ChoiceText.Read<AuditSort>(Sort, "sort", ref error) ?? AuditSort.Newest);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Entries">Sealed entries that were verified over all chains.</param>
internal sealed record VerifyResponse(bool Intact, long Entries, TopHeadVerdict Top, IReadOnlyList<ChainVerdict> Chains);
