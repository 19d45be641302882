using ControlTower.Core.Hosting;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>
/// Nodes are replaced one by one: those of the previous version continue to write cases without sites.
/// </summary>
public sealed class CaseSiteTests
{
    [Fact]
    public async Task A_case_that_an_older_node_wrote_is_visible_at_its_sites_within_a_minute()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var job = room.Get<IEnumerable<ScheduledJob>>().Single(one => one.Name == "case-sites");
        await job.RunAsync(CancellationToken.None);
        await room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(CasesOfOlderNodes));

        await job.RunAsync(CancellationToken.None);

        job.Every.ShouldBe(TimeSpan.FromMinutes(1));
        (await SitesAsync(room)).ShouldBe(["1 S1", "2 S2", "2 S3"]);
    }

    private static Task<List<string>> SitesAsync(EngineTestHost room) =>
        room.ReadAsync(db =>
            db.CaseSites.OrderBy(at => at.CaseId).ThenBy(at => at.Site).Select(at => $"{at.CaseId} {at.Site}").ToListAsync());

    /// <summary>As versions write them that have no sites of cases.</summary>
    private static string CasesOfOlderNodes =>
        "INSERT INTO transaction_site (transaction_id, site) VALUES (7, 'S2'), (7, 'S3'); "
            + TestedDatabase.WithNumbers("exception_case", """
        INSERT INTO exception_case (id, origin, transaction_id, site, reason_code, team, message,
            case_key, state, revision, opened_at, due_at, replays, updated_at, version) VALUES
            (1, 0, 7, 'S1', 'PICK_SHORT', 'warehouse', 'One of a site.',
                'a', 0, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (2, 0, 7, NULL, 'CONTENT_CONFLICT', 'integration', 'One of the whole order.',
                'b', 0, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (3, 1, NULL, NULL, 'SCHEMA_INVALID', 'integration', 'One of a message.',
                'c', 0, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0)
        """);
}
