using Bunit;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Shared.Kit.Totals;
using ControlTower.Web.Tests.Hosting;
using ControlTower.Web.Tests.Transactions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Audit;

/// <summary>The list of the audit's entries: its orders, its filters and its total.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class AuditListTests(TowerServer tower)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Actor Auditor = new(9, "auditor", Actor.Person, [TowerRoles.Auditor], [], [], null);
    private readonly string _order = $"erp:AUDIT-{Guid.NewGuid():N}";

    private AuditQueries Lists => new(tower.App.Services.GetRequiredService<ITowerDb>());

    [Theory]
    [InlineData(AuditSort.Newest, null, "4,3,2,1,0")]
    [InlineData(AuditSort.Oldest, null, "0,1,2,3,4")]
    [InlineData(AuditSort.Newest, "case.", "4,2,0")]
    [InlineData(AuditSort.Oldest, "case.", "0,2,4")]
    public async Task Pages_follow_one_another_and_the_total_counts_them(AuditSort sort, string? act, string expected)
    {
        await SeedAsync();
        var filter = new AuditFilter(Transaction: _order, Act: act, Sort: sort);
        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await Lists.PageAsync(filter, Auditor, cursor, 2);
            seen.AddRange(page.Items.Select(row => row.Reason));
            cursor = page.Next;
        }
        while (cursor is not null);

        seen.ShouldBe(expected.Split(','));
        (await Lists.TotalAsync(filter, Auditor)).ShouldBe(new ListTotal(seen.Count));
    }

    [Fact]
    public async Task A_place_in_one_order_is_refused_in_another()
    {
        await SeedAsync();
        var filter = new AuditFilter(Transaction: _order);
        var next = (await Lists.PageAsync(filter, Auditor, null, 1)).Next;

        (await Should.ThrowAsync<BadHttpRequestException>(() => Lists.PageAsync(filter with { Sort = AuditSort.Oldest }, Auditor, next, 1)))
            .Message.ShouldStartWith("cursor: it is a place in another sort");
    }

    [Fact]
    public async Task The_page_keeps_filter_and_order_in_its_address_and_shows_how_many_match()
    {
        await SeedAsync();
        await using var host = new PageHost(Auditor, services =>
        {
            services.AddSingleton(Lists);
            services.AddSingleton(tower.App.Services.GetRequiredService<AuditVerifier>());
            services.AddSingleton<ControlTower.Core.Persistence.Connectors.ISystemTopologyStore>(
                tower.App.Services.GetRequiredService<ControlTower.Core.Persistence.Connectors.ISystemTopologyStore>());
            services.AddSingleton(tower.App.Services.GetRequiredService<IListTotals<AuditFilter>>());
        });
        var navigation = host.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"audit?transaction={Uri.EscapeDataString(_order)}");
        var page = host.Render<AuditPage>();
        page.WaitForAssertion(() => page.Find(".totals").TextContent.ShouldContain("5 entries"), TimeSpan.FromSeconds(10));

        await page.InvokeAsync(() => page.FindAll("select").Single().Change("oldest"));
        page.WaitForAssertion(() => page.Find("tbody .object .muted").TextContent.ShouldBe("0"), TimeSpan.FromSeconds(10));
        await page.InvokeAsync(() => page.FindAll("input[type=datetime-local]")[0].Change("2026-03-02T09:30"));

        navigation.Uri.ShouldEndWith(
            $"audit?transaction={Uri.EscapeDataString(_order)}&from=2026-03-02T09%3A30%3A00Z&sort=oldest");
        page.WaitForAssertion(() => page.Find(".totals").TextContent.ShouldContain("3 entries"), TimeSpan.FromSeconds(10));
    }

    /// <summary>Five entries, an hour after each other; the reason is their number.</summary>
    private async Task SeedAsync()
    {
        await using var db = tower.App.Services.GetRequiredService<ITowerDb>().CreateDbContext();
        for (var i = 0; i < 5; i++)
        {
            db.Add(new AuditEntry
            {
                At = At.AddHours(i),
                Actor = "anna",
                ActorKind = Actor.Person,
                Act = i % 4 == 0 ? "case.noted" : i % 2 == 0 ? "case.replayed" : "approval.requested",
                ObjectType = "case",
                ObjectKey = $"{i}",
                TransactionKey = _order,
                Reason = $"{i}",
            });
            await db.SaveChangesAsync();
        }
    }
}
