using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>Each order of the list of cases, page by page.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class CaseSortTests(TowerServer tower)
{
    private readonly string _site = $"S-{Guid.NewGuid():N}"[..12];

    private CaseQueries Lists => new(tower.App.Services.GetRequiredService<ITowerDb>());

    private Actor Somebody => new(9, "auditor", Actor.Person, [TowerRoles.Auditor], [_site], [], null);

    [Theory]
    [InlineData(null, "4,3,2,1,0")]
    [InlineData(CaseSort.Newest, "0,1,2,3,4")]
    [InlineData(CaseSort.MostMoney, "3,4,1,2,0")]
    public async Task Open_work_is_paged_in_its_order_and_loses_nothing(CaseSort? sort, string expected)
    {
        await SeedAsync();
        var filter = new CaseFilter { States = CaseFilter.Unresolved }.SortedBy(sort);
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Lists.PageAsync(filter, Somebody, cursor, 2);
            keys.AddRange(page.Items.Select(row => row.Message));
            cursor = page.Next;
        }
        while (cursor is not null);

        keys.ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_place_in_one_order_is_refused_in_another()
    {
        await SeedAsync();
        var filter = new CaseFilter { States = CaseFilter.Unresolved };
        var next = (await Lists.PageAsync(filter, Somebody, null, 1)).Next;

        (await Should.ThrowAsync<BadHttpRequestException>(() => Lists.PageAsync(filter.SortedBy(CaseSort.MostMoney), Somebody, next, 1)))
            .Message.ShouldStartWith("cursor: it is a place in another sort");
    }

    [Fact]
    public void History_has_no_order_by_money_and_only_open_work_one_by_what_is_due()
    {
        var history = new CaseFilter { States = [CaseState.Resolved] };
        var waived = new CaseFilter { States = [CaseState.Waived] };

        history.SortedBy(CaseSort.MostMoney).Order.ShouldBe(CaseSort.Newest);
        history.SortedBy(CaseSort.Due).Order.ShouldBe(CaseSort.Newest);
        waived.SortedBy(CaseSort.MostMoney).Order.ShouldBe(CaseSort.MostMoney);
        new CaseFilter { States = CaseFilter.Unresolved }.SortedBy(CaseSort.Due).Sort.ShouldBeNull("it is the list's own");
    }

    /// <summary>Five cases, the first opened last; two have the same money and one has none.</summary>
    private async Task SeedAsync()
    {
        var seed = new CaseSeed(tower.App.Services);
        var order = await seed.OrderAsync(_site);
        decimal?[] money = [null, 200, 100, 300, 200];
        for (var i = 0; i < money.Length; i++)
        {
            var about = await seed.CaseAsync(order, ReasonCodes.PickShort, $"SORT:{i}", _site);
            await using var db = tower.App.Services.GetRequiredService<ITowerDb>().CreateDbContext();
            db.Attach(about);
            (about.Message, about.AmountAtRisk, about.OpenedAt, about.DueAt) = (
                $"{i}", money[i], about.OpenedAt.AddHours(-i), about.OpenedAt.AddHours(20 - i));
            await db.SaveChangesAsync();
        }
    }
}
