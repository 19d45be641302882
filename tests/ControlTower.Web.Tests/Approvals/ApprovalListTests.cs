using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Tests.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Approvals;

/// <summary>Lists of requests: their orders, filters and totals.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class ApprovalListTests(TowerServer tower)
{
    private static readonly DateTimeOffset At = new(2100, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly string _site = $"P-{Guid.NewGuid():N}"[..12];

    private ApprovalQueries Lists =>
        new(tower.App.Services.GetRequiredService<ITowerDb>(), tower.App.Services.GetRequiredService<IPolicyStore>());

    private Actor Somebody => new(9, "auditor", Actor.Person, [TowerRoles.Auditor], [_site], [], null);

    [Theory]
    [InlineData(null, "2,3,1,0")]
    [InlineData(ApprovalSort.Oldest, "0,1,2,3")]
    [InlineData(ApprovalSort.MostMoney, "1,3,2,0")]
    public async Task What_waits_has_its_order(ApprovalSort? sort, string expected)
    {
        await SeedAsync();

        Reasons(await Lists.WaitingAsync(Somebody, new(Sort: sort))).ShouldBe(expected.Split(','));
    }

    [Theory]
    [InlineData(null, "4,3,2,1,0", null)]
    [InlineData(ApprovalSort.Oldest, "0,1,2,3,4", null)]
    [InlineData(ApprovalSort.TimeLeft, "2,3,1,0", ApprovalState.Pending)]
    [InlineData(ApprovalSort.MostMoney, "1,3,2,0", ApprovalState.Pending)]
    public async Task Pages_follow_one_another_and_lose_nothing(ApprovalSort? sort, string expected, ApprovalState? state)
    {
        await SeedAsync();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Lists.PageAsync(new(state, Sort: sort), Somebody, cursor, 2);
            seen.AddRange(Reasons(page.Items));
            cursor = page.Next;
        }
        while (cursor is not null);

        seen.ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_place_in_one_order_is_refused_in_another()
    {
        await SeedAsync();
        var next = (await Lists.PageAsync(ApprovalFilter.All, Somebody, null, 1)).Next;

        (await Should.ThrowAsync<BadHttpRequestException>(() =>
            Lists.PageAsync(new(Sort: ApprovalSort.Oldest), Somebody, next, 1))).Message
            .ShouldStartWith("cursor: it is a place in another sort");
    }

    [Fact]
    public async Task A_request_is_found_by_a_number_of_its_order_and_by_when_it_was_made()
    {
        var order = await SeedAsync();

        Reasons(await Lists.WaitingAsync(Somebody, new(Search: order.OrderNumber))).Count().ShouldBe(4);
        (await Lists.WaitingAsync(Somebody, new(Search: "nothing-has-this"))).ShouldBeEmpty();
        Reasons(await Lists.WaitingAsync(Somebody, new(From: At.AddHours(1), To: At.AddHours(3), Sort: ApprovalSort.Oldest)))
            .ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task The_total_of_what_was_decided_counts_and_sums_its_list()
    {
        await SeedAsync();
        foreach (var filter in new ApprovalFilter[] { ApprovalFilter.All, new(From: At.AddHours(4)), new(To: At.AddHours(4)) })
        {
            var total = await Lists.DecidedTotalAsync(filter, Somebody);
            var rows = (await Lists.DecidedAsync(Somebody, null, 50, filter)).Items;

            total.Count.ShouldBe(rows.Count);
            total.Money.Single().Sums.Sum(sum => sum.Amount).ShouldBe(rows.Sum(row => row.Amount));
        }
    }

    private static IEnumerable<string> Reasons(IEnumerable<ApprovalRow> rows) => rows.Select(row => row.Reason);

    /// <summary>Four pending requests and one that was decided, an hour after each other; the reason is their number.</summary>
    private async Task<TransactionRecord> SeedAsync()
    {
        var order = await new CaseSeed(tower.App.Services).OrderAsync(_site);
        (decimal Amount, int Hours)[] requests = [(100, 40), (400, 30), (200, 10), (300, 20), (50, 5)];
        await using var db = tower.App.Services.GetRequiredService<ITowerDb>().CreateDbContext();
        var policy = (await tower.App.Services.GetRequiredService<IPolicyStore>().GetAsync(default)).Version;
        for (var i = 0; i < requests.Length; i++)
        {
            db.Add(Hold(order, i, requests[i].Amount));
            db.Add(new ApprovalRequest
            {
                TransactionId = order.Id,
                Kind = "invoice-release",
                Document = order.OrderNumber,
                Part = $"SH-{i}",
                ContentHash = new string('c', 64),
                Amount = requests[i].Amount,
                Currency = "USD",
                PolicyVersion = policy,
                LegalEntity = order.LegalEntity,
                Reason = $"{i}",
                Evidence = "[]",
                RequestedBy = "supervisor.east",
                RequestedAt = At.AddHours(i),
                ExpiresAt = At.AddHours(requests[i].Hours),
                State = i == 4 ? ApprovalState.Approved : ApprovalState.Pending,
            });
            await db.SaveChangesAsync();
        }

        return order;
    }

    /// <summary>Without its hold a request is void as soon as the tower looks at it.</summary>
    private static TransactionHold Hold(TransactionRecord order, int part, decimal amount) => new()
    {
        TransactionId = order.Id,
        HoldKey = $"billing:SH-{part}",
        Kind = "billing",
        Stops = "invoice",
        Code = "POD_MISSING",
        Reason = "Proof of delivery is missing",
        Document = order.OrderNumber,
        Part = $"SH-{part}",
        Amount = amount,
        Currency = "USD",
        ContentHash = new string('c', 64),
        Evidence = "[]",
        Since = At,
    };
}
