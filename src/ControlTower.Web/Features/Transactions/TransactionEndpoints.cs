using System.ComponentModel;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlTower.Web.Features.Transactions;

/// <summary>Lists of transactions for machines.</summary>
internal static class TransactionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var transactions = api.MapGroup("/transactions").WithTags("Transactions");
        transactions.MapGet("", ListAsync)
            .WithName("ListTransactions")
            .WithSummary("Transactions, the latest changed first unless sorted otherwise")
            .WithDescription(
                "Only those of the caller's sites and legal entities. search takes any number of any system: exactly, else as a "
                    + "beginning, by three or more digits inside, or by the number or name of the customer.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/transactions.csv", ExportAsync)
            .WithTags("Transactions")
            .WithName("ExportTransactions")
            .WithSummary("The same list as CSV, up to 20,000 rows")
            .WithDescription("The last line is #end,ROWS,complete, or #end,ROWS,cut when the filter finds more rows. "
                + "A file without it broke off: ask again.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<Page<TransactionRow>>, ProblemHttpResult>> ListAsync(
        [AsParameters] TransactionListRequest request,
        [AsParameters] PageQuery page,
        ITransactionLists queries,
        ICurrentActor current,
        CancellationToken cancellation)
    {
        var (filter, errors) = request.ToFilter();
        if (errors.Count > 0)
        {
            return Problems.Invalid(string.Join(' ', errors.Values));
        }

        var cursor = RowCursor.Read(page.Cursor, ChoiceText.For(filter.Sort));
        var found = await queries.ListAsync(filter, await current.GetAsync(), cursor, page.Size, cancellation);
        return TypedResults.Ok(new Page<TransactionRow>(found.Rows, found.Next));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        [AsParameters] TransactionListRequest request, TransactionExport export, ICurrentActor current, CancellationToken cancellation)
    {
        var (filter, errors) = request.ToFilter();
        if (errors.Count > 0)
        {
            return Problems.Invalid(string.Join(' ', errors.Values));
        }

        var actor = await current.GetAsync();
        return TypedResults.Stream(stream => export.WriteAsync(stream, filter, actor, cancellation), "text/csv", "transactions.csv");
    }
}

/// <summary>A list's filter as a request has it.</summary>
internal sealed record TransactionListRequest(
    [property: FromQuery(Name = "search"), Description("Any number of any system, a key, a correlation id or a customer.")] string? Search,
    [property: FromQuery(Name = "stage"), Description(
        "accepted, released, picked, packed, shipped, delivered, invoiced, posted or cancelled.")] string? Stage,
    [property: FromQuery(Name = "health"), Description("ok, attention, held or failed.")] string? Health,
    [property: FromQuery(Name = "site")] string? Site,
    [property: FromQuery(Name = "region")] string? Region,
    [property: FromQuery(Name = "updatedAfter"), Description("Only what changed after this instant (RFC 3339).")] string? UpdatedAfter,
    [property: FromQuery(Name = "late"), Description("true: past the promise, delivered or not.")] string? Late,
    [property: FromQuery(Name = "open"), Description("true: neither posted nor cancelled.")] string? Open,
    [property: FromQuery(Name = "needsAttention"), Description("true: health is not ok.")] string? NeedsAttention,
    [property: FromQuery(Name = "atRisk"), Description("true: not late yet, but estimated to arrive after the promise.")] string? AtRisk,
    [property: FromQuery(Name = "held"), Description(
        "true: a hold stops it or money of it is held, also when it is failed as well.")] string? Held,
    [property: FromQuery(Name = "undelivered"), Description("true: not all of it is delivered.")] string? Undelivered,
    [property: FromQuery(Name = "from"), Description("Last changed at or after (RFC 3339, system time).")] string? From,
    [property: FromQuery(Name = "to"), Description("Last changed before (RFC 3339, system time).")] string? To,
    [property: FromQuery(Name = "sort"), Description("latest (without it), longestUnchanged, or mostHeld with held=true.")] string? Sort)
{
    public (TransactionFilter Filter, IReadOnlyDictionary<string, string> Faults) ToFilter() =>
        TransactionFilterText.Read(name => name switch
    {
        "search" => Search,
        "stage" => Stage,
        "health" => Health,
        "site" => Site,
        "region" => Region,
        "updatedAfter" => UpdatedAfter,
        "late" => Late,
        "open" => Open,
        "needsAttention" => NeedsAttention,
        "atRisk" => AtRisk,
        "held" => Held,
        "undelivered" => Undelivered,
        "from" => From,
        "to" => To,
        "sort" => Sort,
        _ => null,
    });
}
