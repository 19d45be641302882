using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace ControlTower.Integrations.Http;

/// <summary>
/// One connector's resilience: a time-out over all, a repeat of what was not sent, a circuit breaker, the registered
/// rate and concurrency, and the wait that the target requests. It shares nothing with other connectors, so that one's
/// trouble never slows another.
/// </summary>
public sealed class ConnectorPipeline
{
    private readonly PipelineOptions _options;
    private readonly TimeProvider _time;
    private readonly TokenBucket? _rate;
    private readonly VendorRate _vendor;
    private readonly SendMeter _meter;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline<SendResult> _pipeline;
    private readonly Lock _gate = new();
    private (DateTimeOffset Until, WaitReason Why) _closed;
    private (bool IsDown, DateTimeOffset At)? _turned;
    private int _running;
    private volatile bool _onProbation;

    public ConnectorPipeline(PipelineOptions options, TimeProvider time, Func<double> random)
    {
        _options = options;
        _time = time;
        _rate = options.PerSecond is { } perSecond ? new TokenBucket(perSecond, time) : null;
        _vendor = new VendorRate(time, TimeSpan.FromSeconds(options.LongestRetryAfterSeconds));
        _meter = new SendMeter(time);
        _pipeline = Build(random);
    }

    /// <summary>
    /// Applies a response's rate headers to the pace. Every channel calls it for every response, polls included: they
    /// share the limit.
    /// </summary>
    public void Apply(HttpResponseMessage answer)
    {
        if (RateHeaders.From(answer, _time.GetUtcNow()) is { } part)
        {
            _vendor.Apply(part);
        }
    }

    /// <summary>
    /// Runs one attempt. <paramref name="send"/> classifies every failure, its own cancellation by the time-out
    /// included.
    /// </summary>
    public async Task<SendResult> RunAsync(Func<CancellationToken, ValueTask<SendResult>> send, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _running);
        try
        {
            _rate?.TryTake(1);
            _vendor.Take();
            _meter.Count();
            var result = await _pipeline.ExecuteAsync(send, cancellation);
            return Note(result);
        }
        catch (BrokenCircuitException open)
        {
            return new SendResult(SendOutcome.NotSent, Code: SendCodes.CircuitOpen, Detail: "The connector's breaker is open.",
                RetryAfter: open.RetryAfter);
        }
        catch (TimeoutRejectedException)
        {
            // A send classifies its own time-out; this one ended the pause between two repeats of what was not sent.
            return new SendResult(SendOutcome.NotSent, Code: SendCodes.Timeout, Detail: "The target could not be reached in time.");
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public ChannelPace Pace()
    {
        var open = _breaker.CircuitState is CircuitState.Open or CircuitState.HalfOpen;
        var wait = Closed().Until - _time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            return new ChannelPace(0, wait, open);
        }

        var vendor = _vendor.Allowed();
        if (vendor.Free == 0)
        {
            return new ChannelPace(0, vendor.Wait, open);
        }

        var room = (open || _onProbation ? 1 : _options.Concurrency ?? _options.DefaultConcurrency) - Volatile.Read(ref _running);
        var tokens = _rate?.Available() ?? int.MaxValue;
        if (tokens == 0)
        {
            return new ChannelPace(0, _rate!.Wait(), open);
        }

        var free = Math.Max(0, Math.Min(Math.Min(room, tokens), vendor.Free));
        return new ChannelPace(free, null, open) { Ahead = free
            + (open || _onProbation || _rate is not null || vendor.Free < int.MaxValue ? 0 : Soon()) };
    }

    /// <summary>
    /// Sends that end within two seconds at the pace of the last ten, at most eight times the concurrency.
    /// </summary>
    private int Soon() => (int)Math.Min(8d * (_options.Concurrency ?? _options.DefaultConcurrency), 2 * _meter.PerSecond());

    /// <summary>What people see of it.</summary>
    public ChannelFlow Flow()
    {
        var now = _time.GetUtcNow();
        var (until, why) = Closed();
        var vendor = _vendor.Allowed();
        (until, why) = until > now ? (until, why) : vendor.Free == 0
            ? (now + vendor.Wait, WaitReason.TargetRate)
            : (now, WaitReason.Nothing);
        var state = _breaker.CircuitState switch
        {
            CircuitState.Closed => BreakerState.Closed,
            CircuitState.Open or CircuitState.Isolated when why == WaitReason.Breaker => BreakerState.Open,
            _ => BreakerState.Trying,
        };
        var stated = _vendor.PerSecond();
        return new ChannelFlow(
            state,
            Turned(),
            stated is null || _options.PerSecond < stated ? _options.PerSecond : Math.Round(stated.Value, 1),
            _meter.PerSecond(),
            Volatile.Read(ref _running),
            _options.Concurrency ?? _options.DefaultConcurrency,
            why == WaitReason.Nothing ? null : until,
            why);
    }

    private SendResult Note(SendResult result)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Throttled:
                var stated = result.RetryAfter ?? (
                    _vendor.Allowed() is { Free: 0 } vendor ? vendor.Wait : TimeSpan.FromSeconds(_options.ThrottledSeconds));
                var wait = TimeSpan.FromSeconds(Math.Clamp(stated.TotalSeconds, 0, _options.LongestRetryAfterSeconds));
                CloseFor(wait, WaitReason.Told);
                return result with { RetryAfter = wait };
            case SendOutcome.Unauthorised:
                _onProbation = true;
                CloseFor(TimeSpan.FromSeconds(_options.UnauthorisedSeconds), WaitReason.Credentials);
                return result with { RetryAfter = TimeSpan.FromSeconds(_options.UnauthorisedSeconds) };
            case SendOutcome.Accepted or SendOutcome.Rejected:
                _onProbation = false;
                return result;
            default:
                return result;
        }
    }

    /// <summary>
    /// The longest requested wait applies: a response that overtook another does not shorten its wait.
    /// </summary>
    private void CloseFor(TimeSpan wait, WaitReason why)
    {
        lock (_gate)
        {
            var until = _time.GetUtcNow() + wait;
            _closed = until > _closed.Until ? (until, why) : _closed;
        }
    }

    /// <summary>Since the target became unreachable, not since the last try that failed.</summary>
    private void TurnTo(bool isDown)
    {
        lock (_gate)
        {
            _turned = _turned is { } turned && turned.IsDown == isDown ? turned : (isDown, _time.GetUtcNow());
        }
    }

    private DateTimeOffset? Turned()
    {
        lock (_gate)
        {
            return _turned?.At;
        }
    }

    private (DateTimeOffset Until, WaitReason Why) Closed()
    {
        lock (_gate)
        {
            return _closed;
        }
    }

    private static bool IsWorthRepeating(SendResult? result) =>
        result is { Outcome: SendOutcome.NotSent }
            && result.Code is not (SendCodes.LeaseOver or SendCodes.AddressRefused or SendCodes.NotYet);

    private static bool IsFailure(SendResult? result) =>
        result is { Outcome: SendOutcome.NotSent or SendOutcome.Unknown } && result.Code is not (SendCodes.LeaseOver or SendCodes.NotYet);

    private ResiliencePipeline<SendResult> Build(Func<double> random)
    {
        var builder = new ResiliencePipelineBuilder<SendResult> { TimeProvider = _time };
        builder.AddTimeout(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        if (_options.RepeatsOfNotSent > 0)
        {
            builder.AddRetry(Repeat(random));
        }

        return builder.AddCircuitBreaker(Breaker()).Build();
    }

    private RetryStrategyOptions<SendResult> Repeat(Func<double> random) => new()
    {
        ShouldHandle = args => ValueTask.FromResult(IsWorthRepeating(args.Outcome.Result)),
        MaxRetryAttempts = _options.RepeatsOfNotSent,
        Delay = TimeSpan.FromMilliseconds(150),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = random,
    };

    private CircuitBreakerStrategyOptions<SendResult> Breaker() => new()
    {
        ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome.Result)),
        FailureRatio = 0.5,
        MinimumThroughput = _options.BreakerFailures,
        SamplingDuration = TimeSpan.FromSeconds(10),
        BreakDuration = TimeSpan.FromSeconds(_options.BreakSeconds),
        StateProvider = _breaker,
        OnOpened = args =>
        {
            TurnTo(isDown: true);
            CloseFor(args.BreakDuration, WaitReason.Breaker);
            return ValueTask.CompletedTask;
        },
        OnClosed = _ =>
        {
            TurnTo(isDown: false);
            return ValueTask.CompletedTask;
        },
    };
}
