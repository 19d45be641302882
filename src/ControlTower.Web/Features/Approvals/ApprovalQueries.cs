using System.Text.Json;
using ControlTower.Core.Approvals;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What the pages and the API read of requests. Only those that exist for the actor; pages by key, the newest first.</summary>
public sealed class ApprovalQueries(ITowerDb tower, IPolicyStore policies)
{
    /// <summary>Most pending requests that the page shows at once and the navigation counts.</summary>
    internal const int MostWaiting = 200;

    public async Task<Page<ApprovalRow>> PageAsync(
        ApprovalFilter filter, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var matching = await ApprovalListing.MatchingAsync(db, filter, actor, cancellation);
        return await PageAsync(db, matching, filter.Sort ?? ApprovalSort.Newest, cursor, size, cancellation);
    }

    /// <summary>
    /// Requests that wait, those that expire first before the others unless sorted otherwise: what an approver works
    /// through. One more than <see cref="MostWaiting"/> when there are more.
    /// </summary>
    public async Task<IReadOnlyList<ApprovalRow>> WaitingAsync(
        Actor actor, ApprovalFilter? filter = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var pending = (filter ?? ApprovalFilter.All) with { State = ApprovalState.Pending };
        var matching = await ApprovalListing.MatchingAsync(db, pending, actor, cancellation);
        var rows = await matching.From(pending.Sort ?? ApprovalSort.TimeLeft, null, db).Take(MostWaiting + 1).ToListAsync(cancellation);
        return [.. rows.Select(Row)];
    }

    /// <summary>One page of requests that need no decision any more, the newest first.</summary>
    public async Task<Page<ApprovalRow>> DecidedAsync(
        Actor actor, string? cursor, int size, ApprovalFilter? filter = null, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var matching = await ApprovalListing.MatchingAsync(db, filter ?? ApprovalFilter.All, actor, cancellation);
        return await PageAsync(db, ApprovalListing.Decided(matching), ApprovalSort.Newest, cursor, size, cancellation);
    }

    /// <summary>How many requests were decided, and what they asked for.</summary>
    public async Task<ListTotal> DecidedTotalAsync(ApprovalFilter filter, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var decided = ApprovalListing.Decided(await ApprovalListing.MatchingAsync(db, filter, actor, cancellation));
        return ApprovalListing.Total(await ApprovalListing.Totals(decided).ToListAsync(cancellation));
    }

    /// <summary>Null when the request does not exist for the actor.</summary>
    public async Task<ApprovalDetail?> FindAsync(long id, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var found = await ApprovalListing.Matching(db, db.Transactions, ApprovalFilter.All, actor)
            .SingleOrDefaultAsync(r => r.Request.Id == id, cancellation);
        if (found is null)
        {
            return null;
        }

        var request = found.Request;
        var policy = await policies.GetAsync(cancellation);
        var hold = await db.Holds.AsNoTracking()
            .Where(h => h.TransactionId == request.TransactionId && h.ClosedAt == null && h.Kind == "billing" && h.Part == request.Part)
            .OrderByDescending(h => h.Id).FirstOrDefaultAsync(cancellation);
        var stands = hold is not null && hold.ContentHash == request.ContentHash && hold.Amount == request.Amount
            && policy.Version <= request.PolicyVersion;
        var over = request.State == ApprovalState.Pending ? null : Refusal.Conflict("It has been decided.");
        return new ApprovalDetail(
            Row(found), Evidence(request.Evidence), hold is null ? null : Evidence(hold.Evidence), request.ContentHash,
            request.PolicyVersion, stands, hold?.Reason,
            AvailableAction.From(ApprovalRights.ToApprove(actor, request, policy.Approvals) ?? over),
            AvailableAction.From(ApprovalRights.ToReject(actor, request) ?? over));
    }

    /// <summary>By what amounts are compared with limits now.</summary>
    public async Task<ApprovalPolicy> PolicyAsync(CancellationToken cancellation = default) =>
        (await policies.GetAsync(cancellation)).Approvals;

    /// <summary>Why the actor cannot grant it; null when they can.</summary>
    public static string? WhyNot(ApprovalRow row, Actor actor, ApprovalPolicy policy) => ApprovalRights.ToApprove(actor, new ApprovalRequest
    {
        Kind = row.Kind,
        Document = row.Document,
        ContentHash = "",
        Currency = row.Currency,
        LegalEntity = row.LegalEntity,
        Reason = row.Reason,
        Evidence = "[]",
        RequestedBy = row.RequestedBy,
        Amount = row.Amount,
    }, policy)?.Message;

    private static async Task<Page<ApprovalRow>> PageAsync(
        TowerDbContext db, IQueryable<RequestAndOrder> matching, ApprovalSort sort, string? cursor, int size,
        CancellationToken cancellation)
    {
        var place = RowCursor.Read(cursor, ChoiceText.For(sort));
        var rows = await matching.From(sort, place, db).Take(size + 1).ToListAsync(cancellation);
        return Page.From(rows, size, Row, row => ApprovalListing.PlaceOf(row.Request, sort).ToString());
    }

    private static IReadOnlyList<EvidenceItem> Evidence(string json) =>
        JsonSerializer.Deserialize<List<EvidenceItem>>(json, JsonSerializerOptions.Web) ?? [];

    private static ApprovalRow Row(RequestAndOrder found) => new(
        found.Request.Id, found.Request.State, found.Request.Kind, found.Key, found.Request.Document, found.Request.Part, found.Customer,
        Money.Trim(found.Request.Amount), found.Request.Currency, found.Request.Site, found.Request.LegalEntity, found.Request.Reason,
        found.Request.RequestedBy,
        found.Request.RequestedAt, found.Request.ExpiresAt, found.Request.DecidedBy, found.Request.DecidedAt, found.Request.Comment,
        found.Request.CaseId);
}
