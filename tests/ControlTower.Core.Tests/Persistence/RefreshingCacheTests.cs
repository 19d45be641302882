using System.Collections.Concurrent;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Npgsql;

namespace ControlTower.Core.Tests.Persistence;

public sealed class RefreshingCacheTests
{
    private static readonly NpgsqlException s_gone = new("The connection is gone.", new IOException("Broken pipe"));

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly ManualTime _clock = new();
    private string? _stored = "first";

    [Fact]
    public async Task A_read_while_a_connection_is_lost_returns_the_last_value_and_the_next_the_new_one()
    {
        using var kept = Kept();
        await kept.GetAsync(default);
        _clock.Pass(TimeSpan.FromSeconds(2));

        _stored = null;
        (await kept.GetAsync(default)).ShouldBe("first");
        _stored = "second";

        (await kept.GetAsync(default)).ShouldBe("second");
    }

    [Fact]
    public async Task A_value_that_could_not_be_read_for_long_is_no_longer_returned()
    {
        using var kept = Kept();
        await kept.GetAsync(default);
        _clock.Pass(TimeSpan.FromSeconds(6));

        _stored = null;

        await Should.ThrowAsync<NpgsqlException>(() => kept.GetAsync(default).AsTask());
    }

    [Fact]
    public async Task A_refresh_after_a_change_fails_when_the_value_cannot_be_read_again()
    {
        using var kept = Kept();
        await kept.GetAsync(default);

        _stored = null;

        await Should.ThrowAsync<NpgsqlException>(() => kept.RefreshAsync(default));
    }

    [Fact]
    public async Task Concurrent_readers_of_a_database_that_does_not_answer_share_one_read()
    {
        using var slow = new SlowStore();
        using var kept = new RefreshingCache<string>("nothing", _clock, slow.ReadAsync);

        var asked = Enumerable.Range(0, 3).Select(_ => kept.GetAsync(default).AsTask()).ToArray();
        (await slow.NextAsync()).SetException(s_gone);

        foreach (var one in asked)
        {
            (await Should.ThrowAsync<NpgsqlException>(() => Soon(one))).ShouldBe(s_gone);
        }

        slow.Begun.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_gives_up_leaves_the_read_to_the_others()
    {
        using var slow = new SlowStore();
        using var kept = new RefreshingCache<string>("nothing", _clock, slow.ReadAsync);
        using var gone = new CancellationTokenSource();

        var first = kept.GetAsync(gone.Token).AsTask();
        var answer = await slow.NextAsync();
        var second = kept.GetAsync(default).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Soon(first));
        answer.SetResult("first");

        (await Soon(second)).ShouldBe("first");
    }

    [Fact]
    public async Task A_read_that_hangs_for_long_does_not_block_a_later_reader()
    {
        using var slow = new SlowStore();
        using var kept = new RefreshingCache<string>("nothing", _clock, slow.ReadAsync);

        var hung = kept.GetAsync(default).AsTask();
        var never = await slow.NextAsync();
        _clock.Pass(TimeSpan.FromSeconds(6));
        var asked = kept.GetAsync(default).AsTask();
        (await slow.NextAsync()).SetResult("second");

        (await Soon(asked)).ShouldBe("second");
        never.SetResult("first");
        (await Soon(hung)).ShouldBe("second");
    }

    [Fact]
    public async Task A_refresh_after_a_change_ignores_a_read_that_began_before()
    {
        using var slow = new SlowStore();
        using var kept = new RefreshingCache<string>("nothing", _clock, slow.ReadAsync);

        var before = kept.GetAsync(default).AsTask();
        var old = await slow.NextAsync();
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        var changed = kept.RefreshAsync(default);
        (await slow.NextAsync()).SetResult("changed");
        await Soon(changed);
        old.SetResult("old");

        (await Soon(before)).ShouldBe("changed");
    }

    private RefreshingCache<string> Kept() =>
        new("nothing", _clock, _ => _stored is { } value ? Task.FromResult(value) : Task.FromException<string>(s_gone));

    private static Task Soon(Task task) => task.WaitAsync(s_limit);

    private static Task<string> Soon(Task<string> task) => task.WaitAsync(s_limit);

    private sealed class SlowStore : IDisposable
    {
        private readonly ConcurrentQueue<TaskCompletionSource<string>> _begun = [];
        private readonly SemaphoreSlim _waiting = new(0);
        private int _count;

        public int Begun => _count;

        public Task<string> ReadAsync(CancellationToken cancellation)
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Increment(ref _count);
            _begun.Enqueue(answer);
            _waiting.Release();
            return answer.Task.WaitAsync(cancellation);
        }

        public async Task<TaskCompletionSource<string>> NextAsync()
        {
            (await _waiting.WaitAsync(s_limit)).ShouldBeTrue("nobody read");
            return _begun.TryDequeue(out var answer) ? answer : throw new InvalidOperationException("nobody read");
        }

        public void Dispose() => _waiting.Dispose();
    }
}
