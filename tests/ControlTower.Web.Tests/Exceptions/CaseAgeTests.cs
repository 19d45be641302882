using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>Open work by age equals the list that each bar opens, for every viewer.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class CaseAgeTests(TowerServer tower)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 6, 12, 0, 30, TimeSpan.Zero);
    private static readonly DateTimeOffset AsOf = new(2026, 3, 6, 12, 1, 0, TimeSpan.Zero);
    private static readonly CaseFilter Unresolved = new() { States = CaseFilter.Unresolved };

    private readonly string _site = $"A-{Guid.NewGuid():N}"[..12];
    private readonly string _other = $"B-{Guid.NewGuid():N}"[..12];

    private CaseQueries Lists => new(tower.App.Services.GetRequiredService<ITowerDb>());

    [Fact]
    public async Task Each_age_counts_and_sums_the_list_it_opens()
    {
        await SeedAsync();
        CaseFilter[] filters = [Unresolved, Unresolved with { Site = _site }, Unresolved with { ReasonCode = ReasonCodes.PodMissing }];
        foreach (var filter in filters)
        {
            foreach (var actor in People())
            {
                var ages = (await Lists.AgesAsync(filter, actor, Now)).ShouldNotBeNull();
                foreach (var age in ages.Counts)
                {
                    var list = await Lists.PageAsync(age.Age.Within(filter, ages.AsOf), actor, null, 500);
                    age.Count.ShouldBe(list.Items.Count, $"{age.Age.Name} {filter}");
                    age.AtRisk.Sum(sum => sum.Amount).ShouldBe(list.Items.Sum(row => row.AmountAtRisk ?? 0), age.Age.Name);
                }

                ages.Counts.Sum(age => age.Count).ShouldBe((await Lists.CountsAsync(filter, actor)).All);
            }
        }
    }

    [Fact]
    public async Task A_case_of_exactly_an_hour_is_of_the_younger_age()
    {
        await SeedAsync();

        var ages = (await Lists.AgesAsync(Unresolved, Person(_site), Now)).ShouldNotBeNull();

        ages.AsOf.ShouldBe(AsOf);
        ages.Counts.Select(age => age.Count).ShouldBe([2, 1, 1, 1, 1]);
        ages.Counts[0].AtRisk.ShouldBe([(1000m, "USD")]);
    }

    [Fact]
    public async Task A_list_of_one_age_counts_every_age_as_of_when_it_was_opened()
    {
        await SeedAsync();
        var chosen = CaseAge.All[1].Within(Unresolved, AsOf);

        var ages = (await Lists.AgesAsync(chosen, Person(_site), Now.AddHours(2))).ShouldNotBeNull();

        ages.AsOf.ShouldBe(AsOf);
        ages.Counts.Select(age => age.Count).ShouldBe([2, 1, 1, 1, 1]);
    }

    [Fact]
    public async Task History_has_no_ages() =>
        (await Lists.AgesAsync(new CaseFilter { States = [CaseState.Resolved] }, Person(_site), Now)).ShouldBeNull();

    [Fact]
    public void Only_the_bounds_of_an_age_are_taken_for_it()
    {
        foreach (var age in CaseAge.All)
        {
            CaseAge.All.Where(other => other.IsOf(age.Within(Unresolved, AsOf))).ShouldBe([age]);
        }

        CaseAge.All.Where(age => age.IsOf(Unresolved)).ShouldBeEmpty();
        CaseAge.All.Where(age => age.IsOf(Unresolved with { To = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) })).ShouldBeEmpty();
    }

    /// <summary>Six cases of the site: two of at most an hour, one of each other age; one of the other site.</summary>
    private async Task SeedAsync()
    {
        var seed = new CaseSeed(tower.App.Services);
        var (order, another) = (await seed.OrderAsync(_site), await seed.OrderAsync(_other));
        (double, string?)[] cases = [(0.5, _site), (1, null), (3, _site), (20, null), (30, _site), (100, _site)];
        foreach (var (hours, site) in cases)
        {
            await seed.CaseAsync(
                order, hours < 2 ? ReasonCodes.PodMissing : ReasonCodes.PickShort, $"AGE:{hours}", site, openedAt: AsOf.AddHours(-hours));
        }

        await seed.CaseAsync(another, ReasonCodes.PickShort, "AGE:2", _other, openedAt: AsOf.AddHours(-2));
    }

    private Actor[] People() => [Person(_site), Person(_site, _other), Person("NOWHERE")];

    private static Actor Person(params string[] sites) => new(9, "auditor", Actor.Person, [TowerRoles.Auditor], sites, [], null);
}
