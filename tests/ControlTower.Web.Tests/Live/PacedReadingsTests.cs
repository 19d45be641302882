using ControlTower.Web.Live;
using NSubstitute;

namespace ControlTower.Web.Tests.Live;

public sealed class PacedReadingsTests
{
    private readonly StoppedTime _time = new();
    private int _count;

    [Fact]
    public async Task The_first_caller_does_not_wait()
    {
        (await new PacedReadings<string, int>(TimeSpan.FromHours(1), _time).GetAsync("late", ReadAsync)).ShouldBe(1);
    }

    [Fact]
    public async Task Callers_of_the_same_within_the_interval_share_the_next_reading()
    {
        var readings = new PacedReadings<string, int>(TimeSpan.FromSeconds(3), _time);
        (await readings.GetAsync("late", ReadAsync)).ShouldBe(1);

        var others = Enumerable.Range(0, 25).Select(_ => readings.GetAsync("late", ReadAsync)).ToList();
        _count.ShouldBe(1);
        await _time.PassAsync(TimeSpan.FromSeconds(3));

        (await Task.WhenAll(others)).ShouldAllBe(value => value == 2);
        _count.ShouldBe(2);
    }

    [Fact]
    public async Task Callers_of_different_lists_do_not_wait_for_each_other()
    {
        var readings = new PacedReadings<string, int>(TimeSpan.FromHours(1), _time);

        (await readings.GetAsync("late", ReadAsync)).ShouldBe(1);
        (await readings.GetAsync("held", ReadAsync)).ShouldBe(2);
    }

    [Fact]
    public async Task A_failed_reading_fails_for_its_callers_and_the_next_reads_again()
    {
        var readings = new PacedReadings<string, int>(TimeSpan.Zero, _time);

        await Should.ThrowAsync<TimeoutException>(() => readings.GetAsync("late", () => throw new TimeoutException()));
        (await readings.GetAsync("late", ReadAsync)).ShouldBe(1);
    }

    private Task<int> ReadAsync() => Task.FromResult(Interlocked.Increment(ref _count));

    /// <summary>A clock whose timers fire when a test lets the time pass.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        private readonly List<(DateTimeOffset At, TimerCallback Callback, object? State)> _timers = [];
        private readonly Lock _gate = new();
        private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _timers.Add((_now + dueTime, callback, state));
            }

            return Substitute.For<ITimer>();
        }

        /// <summary>Waits until somebody waits for the time, then lets it pass.</summary>
        public async Task PassAsync(TimeSpan time)
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_timers.Count > 0)
                    {
                        break;
                    }
                }

                await Task.Yield();
            }

            _now += time;
            _timers.Where(timer => timer.At <= _now).ToList().ForEach(timer => timer.Callback(timer.State));
        }
    }
}
