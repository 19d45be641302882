namespace ControlTower.Integrations.Http;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, 10.2.3): seconds or a date.</summary>
internal static class RetryAfter
{
    /// <summary>
    /// How long the target asked us to wait; null without the header or with one that cannot be read.
    /// </summary>
    public static TimeSpan? From(HttpResponseMessage answer, DateTimeOffset now)
    {
        var value = answer.Headers.RetryAfter;
        var wait = value?.Delta ?? (value?.Date is { } date ? date - now : null);
        return wait is { } stated && stated < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
