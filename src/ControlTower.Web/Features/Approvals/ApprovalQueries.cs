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
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Approvals;

/// <summary>What the pages and the API read of requests. Only those that exist for the actor; pages by key, the newest first.</summary>
public sealed class ApprovalQueries(ITowerDb tower, IPolicyStore policies)
{
    /// <summary>Most pending requests that the page shows at once and the navigation counts.</summary>
    internal const int MostWaiting = 200;

    public async Task<Page<ApprovalRow>> PageAsync(
        ApprovalState? state, Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var before = PageCursor.ReadBefore(cursor);
        await using var db = tower.CreateReader();
        var rows = await Matching(db, state, actor).Where(r => r.Request.Id < before)
            .OrderByDescending(r => r.Request.Id)
            .Take(size + 1)
            .ToListAsync(cancellation);
        return Page.From(rows, size, Row, row => PageCursor.Write(row.Request.Id));
    }

    /// <summary>Requests that wait, those that expire first before the others: what an approver works through.</summary>
    public async Task<IReadOnlyList<ApprovalRow>> WaitingAsync(Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var rows = await Matching(db, ApprovalState.Pending, actor).OrderBy(r => r.Request.ExpiresAt)
            .ThenBy(r => r.Request.Id)
            .Take(MostWaiting).ToListAsync(cancellation);
        return [.. rows.Select(Row)];
    }

    /// <summary>One page of requests that need no decision any more.</summary>
    public async Task<Page<ApprovalRow>> DecidedAsync(Actor actor, string? cursor, int size, CancellationToken cancellation = default)
    {
        var before = PageCursor.ReadBefore(cursor);
        await using var db = tower.CreateReader();
        var rows = await Matching(db, null, actor).Where(r => r.Request.State != ApprovalState.Pending && r.Request.Id < before)
            .OrderByDescending(r => r.Request.Id).Take(size + 1).ToListAsync(cancellation);
        return Page.From(rows, size, Row, row => PageCursor.Write(row.Request.Id));
    }

    /// <summary>Null when the request does not exist for the actor.</summary>
    public async Task<ApprovalDetail?> FindAsync(long id, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = tower.CreateReader();
        var found = await Matching(db, null, actor).SingleOrDefaultAsync(r => r.Request.Id == id, cancellation);
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

    internal static IQueryable<RequestAndOrder> Matching(TowerDbContext db, ApprovalState? state, Actor actor)
    {
        var requests = db.Approvals.AsNoTracking().VisibleTo(db, actor);
        requests = state is { } only ? requests.Where(r => r.State == only) : requests;
        return from request in requests
               join record in db.Transactions on request.TransactionId equals record.Id
               select new RequestAndOrder { Request = request, Key = record.Key, Customer = record.CustomerName ?? record.CustomerId };
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

/// <summary>A request with its order.</summary>
internal sealed class RequestAndOrder
{
    public required ApprovalRequest Request { get; init; }

    public required string Key { get; init; }

    public required string Customer { get; init; }
}
