using System.Collections.Concurrent;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace ControlTower.Web.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly LiveFeed _feed = new(TimeProvider.System, NullLogger<LiveFeed>.Instance);

    [Fact]
    public async Task Many_commits_become_one_change()
    {
        var told = new TaskCompletionSource<LiveChange>();
        var times = 0;
        using var subscription = _feed.Subscribe(change =>
        {
            times++;
            told.TrySetResult(change);
            return Task.CompletedTask;
        });

        for (var id = 1; id <= 50; id++)
        {
            _feed.Announce(new Change([id], [id + 1000]));
        }

        var change = await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
        change.Transactions.Count.ShouldBe(50);
        change.Cases.Count.ShouldBe(50);
        change.Everything.ShouldBeFalse();
        times.ShouldBe(1);
    }

    [Fact]
    public async Task More_changes_than_the_bound_become_a_change_of_everything()
    {
        var told = new TaskCompletionSource<LiveChange>();
        using var subscription = _feed.Subscribe(change =>
        {
            told.TrySetResult(change);
            return Task.CompletedTask;
        });
        _feed.Announce(new Change([.. Enumerable.Range(1, LiveChange.Bound).Select(id => (long)id)], []));
        _feed.Announce(new Change([-1], []));
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(10))).Everything.ShouldBeTrue();
    }

    [Fact]
    public async Task A_slow_page_gets_one_change_at_a_time_and_loses_none()
    {
        var seen = new ConcurrentBag<long>();
        var (first, go, all) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var inside = 0;
        using var subscription = _feed.Subscribe(async change =>
        {
            Interlocked.Increment(ref inside).ShouldBe(1);
            first.TrySetResult();
            await go.Task;
            foreach (var id in change.Transactions)
            {
                seen.Add(id);
            }

            Interlocked.Decrement(ref inside);
            if (seen.Count == 2)
            {
                all.TrySetResult();
            }
        });

        _feed.Announce(new Change([1], []));
        await first.Task.WaitAsync(TimeSpan.FromSeconds(10));
        _feed.Announce(new Change([2], []));
        go.SetResult();

        await all.Task.WaitAsync(TimeSpan.FromSeconds(10));
        seen.ShouldBe([1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task A_page_that_fails_affects_neither_the_publisher_nor_other_pages()
    {
        var told = new TaskCompletionSource();
        using var bad = _feed.Subscribe(_ => throw new InvalidOperationException("broken page"));
        using var good = _feed.Subscribe(_ =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        _feed.Announce(new Change([1], []));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_disposed_subscription_is_removed()
    {
        var subscription = _feed.Subscribe(_ => Task.CompletedTask);
        _feed.Subscribers.ShouldBe(1);
        subscription.Dispose();
        _feed.Subscribers.ShouldBe(0);
        Should.NotThrow(() => _feed.Announce(new Change([1], [])));
    }
}
