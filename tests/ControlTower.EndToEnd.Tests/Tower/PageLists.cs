using System.Globalization;
using ControlTower.Core.Approvals;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Transactions;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>
/// The lists of the pages for one person, read as those pages read their address. It shares no code with "Needs you".
/// </summary>
internal sealed class PageLists(ITowerDb tower, IPolicyStore policies, TowerClocks clocks, Actor person)
{
    private const int PageSize = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every list that may hold work of this person, the empty ones too.</summary>
    public async Task<IReadOnlyList<Listed>> AllAsync()
    {
        var lists = new List<Listed>();
        string[] teams = TeamRoles.For(person) is { Count: > 0 } mine ? [.. mine.Select(team => $"&team={team}")] : [""];
        string[] addresses =
        [
            "/transactions?held=true", "/transactions?undelivered=true&late=true", "/transactions?open=true&atRisk=true",
            "approvals#mine", "approvals#others",
            .. teams.Select(team => $"exceptions?state=unresolved{team}"), .. teams.Select(team => $"exceptions?state=waived{team}"),
            .. (await SystemsAsync()).Select(system => $"connectors/{system.Name}"),
        ];
        foreach (var address in addresses)
        {
            lists.Add(await AtAsync(address));
        }

        return lists;
    }

    public Task<Listed> AtAsync(string address) => address.Split('?', '#', '/') switch
    {
        ["", "transactions", ..] => OrdersAsync(address),
        ["approvals", var part] => RequestsAsync(mine: part == "mine"),
        ["exceptions", var id] when long.TryParse(id, CultureInfo.InvariantCulture, out var number) => CaseAsync(number),
        ["exceptions", ..] => CasesAsync(address),
        ["connectors", var name] => SystemAsync(Uri.UnescapeDataString(name)),
        _ => throw new InvalidOperationException($"No page is known at {address}."),
    };

    private async Task<Listed> OrdersAsync(string address)
    {
        var (filter, errors) = TransactionFilterText.Read(Query(address));
        Assert.Empty(errors);
        var rows = new List<TransactionRow>();
        RowCursor? after = null;
        do
        {
            var page = await new TransactionQueries(tower).ListAsync(filter, person, after, PageSize, Cancel);
            rows.AddRange(page.Rows);
            after = page.Next is { } next && RowCursor.TryParse(next, out var place) ? place : null;
        }
        while (after is not null);
        return new($"transactions {filter}",
            [.. rows.Select(row => new ListedRow(row.Key, row.Currency, filter.Held ? row.Held : row.Amount))]);
    }

    private async Task<Listed> CasesAsync(string address)
    {
        var word = Query(address);
        var filter = new CaseListRequest(
            word("state") is "all" ? null : word("state") ?? "unresolved", word("team"), word("reasonCode"), word("connector"),
            word("site"), word("assignee"), word("search"), word("from"), word("to"), word("sort")).ToFilter(out var error);
        Assert.Null(error);
        var rows = new List<CaseRow>();
        string? after = null;
        do
        {
            var page = await new CaseQueries(tower).PageAsync(filter, person, after, PageSize, Cancel);
            rows.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return new($"exceptions {string.Join(',', filter.States)} {filter with { States = [] }}", [.. rows.Select(Row)]);
    }

    private async Task<Listed> CaseAsync(long id)
    {
        var found = await new CaseDetailQuery(tower).FindAsync(id, person, Cancel);
        return new($"exceptions/{id}", found is null ? [] : [Row(found.Row)]);
    }

    /// <summary>As the page divides them.</summary>
    private async Task<Listed> RequestsAsync(bool mine)
    {
        var lists = new ApprovalQueries(tower, policies);
        var (waiting, policy) = (await lists.WaitingAsync(person, cancellation: Cancel), await lists.PolicyAsync(Cancel));
        var decides = ApprovalRights.ToDecide(person) is null;
        var theirs = waiting.Where(row => (decides && ApprovalQueries.WhyNot(row, person, policy) is null) == mine);
        return new(mine ? "approvals#mine" : "approvals#others",
            [.. theirs.Select(row => new ListedRow($"request {row.Id}", row.Currency, row.Amount))]);
    }

    private async Task<Listed> SystemAsync(string name)
    {
        var system = (await SystemsAsync()).Single(one => one.Name == name);
        var isInTrouble = system.Paused || system.Health != ConnectorHealth.Healthy || system.IsSilent(clocks.SystemNow);
        return new($"connectors/{name}", isInTrouble ? [new(name, null, 0)] : []) { Waiting = system.Waiting };
    }

    private Task<IReadOnlyList<ConnectorStatus>> SystemsAsync() =>
        new ConnectorStatusQuery(tower, new ConnectorKinds(() => [])).AllAsync(person, Cancel);

    private static ListedRow Row(CaseRow row) => new($"exceptions/{row.Id}", row.Currency, row.AmountAtRisk ?? 0);

    private static Func<string, string?> Query(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri("http://tower"), address).Query);
        return name => query.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
