using ControlTower.Core.Engine;

namespace ControlTower.Core.Tests.Transactions;

public class GatherTimeTests
{
    [Theory]
    [InlineData(3, 200, 20)]
    [InlineData(90, 200, 180)]
    [InlineData(1500, 200, 200)]
    [InlineData(90, 0, 0)]
    public void Facts_gather_twice_as_long_as_the_previous_cycle_took_within_limits(int cycle, int most, int expected) =>
        EngineHostedService.GatherTime(TimeSpan.FromMilliseconds(cycle), new EngineOptions { GatherMilliseconds = most })
            .ShouldBe(TimeSpan.FromMilliseconds(expected));
}
