using ControlTower.Core.Housekeeping;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>Nodes are replaced one by one: those of the version before go on writing cases as they know them.</summary>
public sealed class CaseSiteTests
{
    [Fact]
    public async Task A_case_that_an_older_node_wrote_is_seen_at_its_sites_after_a_minute_at_most()
    {
        await using var room = await EngineRoom.OpenAsync();
        await room.Get<HousekeepingService>().RunAsync();
        await room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(MigrationTests.CasesOfOld));

        await room.Get<HousekeepingService>().RunAsync();
        (await SitesAsync(room)).ShouldBeEmpty("it rests for a minute");
        room.Clock.Move(TimeSpan.FromMinutes(1));
        await room.Get<HousekeepingService>().RunAsync();
        room.Clock.Move(TimeSpan.FromMinutes(1));
        await room.Get<HousekeepingService>().RunAsync();

        (await SitesAsync(room)).ShouldBe(["1 S1", "2 S2", "2 S3"]);
    }

    private static Task<List<string>> SitesAsync(EngineRoom room) =>
        room.ReadAsync(db => db.CaseSites.OrderBy(at => at.CaseId).ThenBy(at => at.Site).Select(at => $"{at.CaseId} {at.Site}").ToListAsync());
}
