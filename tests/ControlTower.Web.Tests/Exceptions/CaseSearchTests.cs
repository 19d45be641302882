using ControlTower.Core.Exceptions;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>Where words find more than are taken, it is the list's first that are found.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class CaseSearchTests(TowerServer tower)
{
    /// <summary>More than a search takes.</summary>
    private const int Cases = 1_100;

    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly string _site = $"W-{Guid.NewGuid():N}"[..12];

    private ITowerDb Db => tower.App.Services.GetRequiredService<ITowerDb>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_more_hits_than_are_taken_the_first_of_the_list_are_found(bool open)
    {
        await SeedAsync(open);
        var auditor = new Actor(9, "auditor", Actor.Person, [TowerRoles.Auditor], [_site], [], null);
        var filter = new CaseFilter { States = open ? CaseFilter.Unresolved : [] };

        var listed = await new CaseQueries(Db).PageAsync(filter, auditor, null, 20);
        var found = await new CaseQueries(Db).PageAsync(filter with { Search = "lost in the yard" }, auditor, null, 20);

        found.Items.Select(row => row.Id).ShouldBe(listed.Items.Select(row => row.Id));
    }

    /// <summary>Those that the list has first are written last.</summary>
    private async Task SeedAsync(bool open)
    {
        await using var db = Db.CreateDbContext();
        db.Cases.AddRange(Enumerable.Range(0, Cases).Select(i => new ExceptionCase
        {
            CaseKey = $"{_site}|{i}",
            Origin = CaseOrigin.Condition,
            ReasonCode = ReasonCodes.PickShort,
            Team = ReasonCodes.Find(ReasonCodes.PickShort).Team,
            Site = _site,
            Sites = [new CaseSite { Site = _site }],
            Message = $"Pallet {i} is lost in the yard.",
            OpenedAt = At.AddMinutes(i),
            DueAt = At.AddMinutes(open ? Cases - i : i),
            UpdatedAt = At,
        }));
        await db.SaveChangesAsync();
    }
}
