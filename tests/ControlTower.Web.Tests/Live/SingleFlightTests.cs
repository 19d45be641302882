using ControlTower.Web.Live;

namespace ControlTower.Web.Tests.Live;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task Callers_during_a_read_share_the_next_read()
    {
        var readings = new List<TaskCompletionSource<int>>();
        var shared = new SingleFlight<int>(() =>
        {
            readings.Add(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
            return readings[^1].Task;
        });

        var first = shared.GetAsync();
        var others = Enumerable.Range(0, 50).Select(_ => shared.GetAsync()).ToList();
        readings.Count.ShouldBe(1);
        readings[0].SetResult(1);
        (await first).ShouldBe(1);
        await Task.WhenAny(Task.WhenAll(others), Until(() => readings.Count == 2));
        readings[1].SetResult(2);

        (await Task.WhenAll(others)).ShouldAllBe(value => value == 2);
        readings.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_failed_read_fails_for_its_callers_and_the_next_call_reads_again()
    {
        var count = 0;
        var shared = new SingleFlight<int>(() => ++count == 1 ? Task.FromException<int>(new TimeoutException()) : Task.FromResult(count));

        await Should.ThrowAsync<TimeoutException>(shared.GetAsync);
        (await shared.GetAsync()).ShouldBe(2);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
