using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>Counts equal the list of the same filter, for every viewer.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class CaseCountTests(TowerServer tower)
{
    private readonly string _site = $"C-{Guid.NewGuid():N}"[..12];
    private readonly string _other = $"D-{Guid.NewGuid():N}"[..12];

    private ITowerDb Db => tower.App.Services.GetRequiredService<ITowerDb>();

    [Fact]
    public async Task Teams_are_counted_whatever_team_is_selected_and_causes_whatever_cause()
    {
        await SeedAsync();
        var lists = new CaseQueries(Db);
        foreach (var filter in Filters())
        {
            foreach (var actor in People())
            {
                var counts = await lists.CountsAsync(filter, actor);
                var byTeam = await lists.PageAsync(filter with { Team = null }, actor, null, 500);
                var byCause = await lists.PageAsync(filter with { ReasonCode = null }, actor, null, 500);

                var who = $"{string.Join(',', actor.Sites)} {string.Join(',', actor.LegalEntities)} {filter}";
                counts.Teams.OrderBy(team => team.Key).ShouldBe(byTeam.Items.CountBy(row => row.Team).OrderBy(team => team.Key), who);
                counts.Groups.ToDictionary(cause => cause.ReasonCode, cause => cause.Count).OrderBy(cause => cause.Key)
                    .ShouldBe(byCause.Items.CountBy(row => row.ReasonCode).OrderBy(cause => cause.Key), who);
                var list = await lists.PageAsync(filter, actor, null, 500);
                counts.Total.Count.ShouldBe(list.Items.Count, who);
                counts.Total.Money.SelectMany(money => money.Sums).Sum(sum => sum.Amount)
                    .ShouldBe(list.Items.Sum(row => row.AmountAtRisk ?? 0), who);
                counts.Groups.Sum(cause => cause.AmountAtRisk).ShouldBe(byCause.Items.Sum(row => row.AmountAtRisk ?? 0), who);
            }
        }
    }

    [Fact]
    public async Task The_Tower_page_counts_and_sums_the_list_of_open_work()
    {
        await SeedAsync();
        foreach (var actor in People().Where(actor => actor.Sites.Count > 0))
        {
            var listed = await new CaseQueries(Db).PageAsync(new() { States = CaseFilter.Unresolved }, actor, null, 500);

            var reader = new TowerQueries(
                Db, tower.App.Services.GetRequiredService<IPolicyStore>(), tower.App.Services.GetRequiredService<TowerClocks>());
            var needs = (await reader.ReadAsync(TowerView.From(actor), default)).Needs;

            needs.Queues.Sum(queue => queue.Count).ShouldBe(listed.Items.Count);
            needs.Queues.SelectMany(queue => queue.AtRisk).Sum(sum => sum.Amount).ShouldBe(listed.Items.Sum(row => row.AmountAtRisk ?? 0));
            needs.First.Select(first => first.Id).ShouldBe(listed.Items.Select(row => row.Id).Take(6), ignoreOrder: true);
        }
    }

    /// <summary>
    /// Of one site: two cases with it as their own, one by its transaction alone; of the other site one of each.
    /// </summary>
    private async Task SeedAsync()
    {
        var seed = new CaseSeed(tower.App.Services);
        var (order, another) = (await seed.OrderAsync(_site), await seed.OrderAsync(_other));
        await seed.CaseAsync(order, ReasonCodes.PickShort, "PICK_SHORT:1", _site);
        await seed.CaseAsync(order, ReasonCodes.PickShort, "PICK_SHORT:2", _site);
        await seed.CaseAsync(order, ReasonCodes.PodMissing, "POD_MISSING:1", site: null);
        await seed.CaseAsync(another, ReasonCodes.PickShort, "PICK_SHORT:1", _other);
        await seed.CaseAsync(another, ReasonCodes.PodMissing, "POD_MISSING:1", site: null);
    }

    private IEnumerable<CaseFilter> Filters() =>
        from states in new[] { CaseFilter.Unresolved, [] }
        from team in new[] { null, ReasonCodes.Find(ReasonCodes.PickShort).Team }
        from cause in new[] { null, ReasonCodes.PodMissing }
        from site in new[] { null, _site }
        select new CaseFilter { States = states, Team = team, ReasonCode = cause, Site = site };

    private Actor[] People()
    {
        var person = new Actor(9, "auditor", Actor.Person, [TowerRoles.Auditor], [_site], [], null);
        return [person, person with { Sites = [_site, _other] }, person with { LegalEntities = ["1000"] },
            person with { LegalEntities = ["2000"] }, person with { Sites = ["NOWHERE"] }];
    }
}
