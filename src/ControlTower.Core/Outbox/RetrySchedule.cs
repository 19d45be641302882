using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Outbox;

/// <summary>When a command that was not settled is tried again.</summary>
internal sealed class RetrySchedule(OutboxOptions options, Jitter jitter)
{
    /// <summary>The wait after this attempt, doubling with each and spread over its upper half, so that commands that failed together do not return together.</summary>
    public TimeSpan After(int attempt)
    {
        var doubled = options.BackoffMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        var longest = Math.Min(doubled, options.LongestBackoffSeconds * 1000d);
        return TimeSpan.FromMilliseconds(longest * (0.5 + (jitter.Next() / 2)));
    }

    /// <summary>The wait before the next look-up of one in doubt, so many having told nothing.</summary>
    public TimeSpan ForLookup(int lookups) => After(lookups + 1);

    /// <summary>The target's own word, a little later for each, so that the first moment is not everybody's.</summary>
    public TimeSpan AsTold(TimeSpan told) => told + TimeSpan.FromMilliseconds(options.BackoffMilliseconds * jitter.Next());

    /// <summary>The wait that an outcome asks for.</summary>
    public TimeSpan For(SendResult result, int attempt) => result.RetryAfter is { } told ? AsTold(told) : After(attempt);
}
