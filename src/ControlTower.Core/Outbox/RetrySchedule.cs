using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Outbox;

/// <summary>When a command without a final outcome is tried again.</summary>
internal sealed class RetrySchedule(OutboxOptions options, Jitter jitter)
{
    /// <summary>The wait after this attempt, doubling with each and spread over its upper half, so that commands that
    /// failed together do not return together.</summary>
    public TimeSpan After(int attempt)
    {
        var doubled = options.BackoffMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        var longest = Math.Min(doubled, options.LongestBackoffSeconds * 1000d);
        return TimeSpan.FromMilliseconds(longest * (0.5 + (jitter.Next() / 2)));
    }

    /// <summary>The wait before the next lookup, after so many inconclusive ones.</summary>
    public TimeSpan ForLookup(int lookups) => After(lookups + 1);

    /// <summary>
    /// The wait that the target requested, a little longer for each, so that they do not all return at the same moment.
    /// </summary>
    public TimeSpan AsRequested(TimeSpan told) => told + TimeSpan.FromMilliseconds(options.BackoffMilliseconds * jitter.Next());

    /// <summary>The wait that an outcome requires.</summary>
    public TimeSpan For(SendResult result, int attempt) => result.RetryAfter is { } told ? AsRequested(told) : After(attempt);
}
