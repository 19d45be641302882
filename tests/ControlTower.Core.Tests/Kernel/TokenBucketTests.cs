using ControlTower.Core.Kernel;
using ControlTower.Testing;

namespace ControlTower.Core.Tests.Kernel;

public class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_holds_one_second_of_the_rate_and_fills_evenly()
    {
        var bucket = new TokenBucket(10, _time);
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(10);

        _time.Pass(TimeSpan.FromMilliseconds(300));
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(3);

        _time.Pass(TimeSpan.FromHours(1));
        Enumerable.Range(0, 20).Count(_ => bucket.TryTake(1)).ShouldBe(10);
    }

    [Fact]
    public void A_batch_larger_than_the_rate_passes_and_uses_up_the_time_after_it()
    {
        var bucket = new TokenBucket(10, _time);

        bucket.TryTake(100).ShouldBeTrue();

        bucket.TryTake(1).ShouldBeFalse();
        bucket.Wait().TotalSeconds.ShouldBe(9.1, 0.01);
        _time.Pass(bucket.Wait());
        bucket.TryTake(1).ShouldBeTrue();
    }

    [Fact]
    public void What_can_be_taken_without_debt_is_never_negative_and_counts_whole_tokens()
    {
        var bucket = new TokenBucket(10, _time);
        bucket.Available().ShouldBe(10);

        bucket.TryTake(12);
        bucket.Available().ShouldBe(0);

        _time.Pass(TimeSpan.FromMilliseconds(350));
        bucket.Available().ShouldBe(1);
    }

    [Fact]
    public void Nobody_waits_while_a_token_is_there()
    {
        var bucket = new TokenBucket(10, _time);
        bucket.TryTake(9);

        bucket.Wait().ShouldBe(TimeSpan.Zero);
        bucket.TryTake(1).ShouldBeTrue();
        bucket.Wait().TotalSeconds.ShouldBe(0.1, 0.001);
    }
}
