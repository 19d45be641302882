namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>The tower is killed in the middle of its work and restarted (I1, I2).</summary>
[Collection(nameof(StoryCollection))]
public sealed class KillTests
{
    private const int Orders = 80;

    [Fact]
    public async Task Killed_three_times_during_duplicates_and_disorder_the_tower_ends_with_every_order_posted_once()
    {
        await using var run = await LandscapeRun.StartAsync(new LandscapeOptions { Scenario = "duplicates-and-disorder", Orders = Orders });

        foreach (var share in new[] { 0.15, 0.4, 0.7 })
        {
            await run.PostedAtLeastAsync((int)(Orders * share));
            await run.KillTowerAsync();
            await run.StartTowerAsync();
        }

        await run.EventuallyAsync(end => end.Count("posted") == Orders && end.OpenCases.Count == 0);
        (await EndState.OfAsync(run)).IsAllPostedAndNothingOpen(Orders);
    }
}
