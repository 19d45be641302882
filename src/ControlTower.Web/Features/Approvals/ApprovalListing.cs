using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Features.Approvals;

/// <summary>The one query behind a list of requests and its total.</summary>
internal static class ApprovalListing
{
    private static readonly RowOrder<RequestAndOrder> NewestFirst = RowOrder.ById<RequestAndOrder>(r => r.Request.Id, newestFirst: true);
    private static readonly RowOrder<RequestAndOrder> OldestFirst = RowOrder.ById<RequestAndOrder>(r => r.Request.Id, newestFirst: false);

    private static readonly RowOrder<RequestAndOrder> ExpiringFirst =
        RowOrder.ByTime<RequestAndOrder>(r => r.Request.ExpiresAt, r => r.Request.Id, newestFirst: false);

    private static readonly RowOrder<RequestAndOrder> MostMoneyFirst =
        RowOrder.ByAmount<RequestAndOrder>(r => r.Request.Amount, r => r.Request.Id);

    /// <summary>The visible requests that the filter names, whatever their order.</summary>
    public static async Task<IQueryable<RequestAndOrder>> MatchingAsync(
        TowerDbContext db, ApprovalFilter filter, Actor actor, CancellationToken cancellation) =>
        Matching(db, await TransactionSearch.RowsAsync(filter.SearchText, db, cancellation), filter, actor);

    public static IQueryable<RequestAndOrder> Matching(
        TowerDbContext db, IQueryable<TransactionRecord> orders, ApprovalFilter filter, Actor actor)
    {
        var requests = db.Approvals.AsNoTracking().VisibleTo(db, actor);
        requests = filter.State is { } only ? requests.Where(r => r.State == only) : requests;
        requests = filter.From is { } from ? requests.Where(r => r.RequestedAt >= from) : requests;
        requests = filter.To is { } to ? requests.Where(r => r.RequestedAt < to) : requests;
        return from request in requests
               join record in orders on request.TransactionId equals record.Id
               select new RequestAndOrder { Request = request, Key = record.Key, Customer = record.CustomerName ?? record.CustomerId };
    }

    public static IQueryable<RequestAndOrder> Decided(IQueryable<RequestAndOrder> matching) =>
        matching.Where(r => r.Request.State != ApprovalState.Pending);

    public static IQueryable<RequestAndOrder> From(
        this IQueryable<RequestAndOrder> matching, ApprovalSort sort, RowCursor? cursor, TowerDbContext db) =>
        Order(sort).From(matching, cursor, db);

    public static RowCursor PlaceOf(ApprovalRequest request, ApprovalSort sort)
    {
        var name = ChoiceText.For(sort);
        return sort switch
        {
            ApprovalSort.TimeLeft => RowCursor.At(name, request.ExpiresAt, request.Id),
            ApprovalSort.MostMoney => new RowCursor(name, request.Amount, request.Id),
            _ => new RowCursor(name, request.Id, request.Id),
        };
    }

    /// <summary>Counted and summed no further than a list is.</summary>
    public static IQueryable<RequestedAmount> Totals(IQueryable<RequestAndOrder> matching) =>
        matching.Select(r => new { r.Request.Currency, r.Request.Amount }).Take(ListTotal.Most + 1)
            .GroupBy(r => r.Currency)
            .Select(g => new RequestedAmount(g.Key, g.Count(), g.Sum(r => r.Amount)));

    public static ListTotal Total(IReadOnlyList<RequestedAmount> amounts) => ListTotal.From(
        amounts.Sum(part => part.Count), new TotalMoney("requested", Sums.For(amounts, part => part.Currency, part => part.Amount)));

    private static RowOrder<RequestAndOrder> Order(ApprovalSort sort) => sort switch
    {
        ApprovalSort.Oldest => OldestFirst,
        ApprovalSort.TimeLeft => ExpiringFirst,
        ApprovalSort.MostMoney => MostMoneyFirst,
        _ => NewestFirst,
    };
}

/// <summary>A request with its order.</summary>
internal sealed class RequestAndOrder
{
    public required ApprovalRequest Request { get; init; }

    public required string Key { get; init; }

    public required string Customer { get; init; }
}

/// <summary>How many requests of a currency, and what they ask for.</summary>
internal sealed record RequestedAmount(string Currency, int Count, decimal Amount);
