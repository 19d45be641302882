using ControlTower.Core.Kernel;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Connectors;

public class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_holds_a_seconds_worth_and_fills_evenly()
    {
        var bucket = new TokenBucket(10, _time);
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(10);

        _time.Pass(TimeSpan.FromMilliseconds(300));
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(3);

        _time.Pass(TimeSpan.FromHours(1));
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(10);
    }

    [Fact]
    public void A_batch_larger_than_the_rate_passes_and_is_paid_afterwards()
    {
        var bucket = new TokenBucket(10, _time);

        bucket.TryTake(100).ShouldBeTrue();

        bucket.TryTake(1).ShouldBeFalse();
        bucket.Wait().TotalSeconds.ShouldBe(9.1, 0.01);
        _time.Pass(bucket.Wait());
        bucket.TryTake(1).ShouldBeTrue();
    }
}
