using System.Globalization;

namespace ControlTower.Integrations.Http;

/// <summary>The rate limit that a target reports.</summary>
/// <param name="Remaining">Requests left until the reset.</param>
/// <param name="Reset">How long until then.</param>
/// <param name="Limit">Requests of the whole window; null when it is not reported.</param>
internal sealed record RateLimitState(long Remaining, TimeSpan Reset, long? Limit);

/// <summary>
/// Reads rate headers: <c>RateLimit</c> and <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers), the three
/// of its earlier drafts (<c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c>), and the <c>X-RateLimit-*</c> and
/// <c>X-Rate-Limit-*</c> of common vendors, whose reset is seconds, or an instant of the Unix clock in seconds or
/// milliseconds. Of several values the one that leaves least counts. What cannot be read counts as absent.
/// </summary>
internal static class RateHeaders
{
    private const long FirstInstantSeconds = 1_000_000_000;
    private const long FirstInstantMilliseconds = 1_000_000_000_000;
    private static readonly string[] Families = ["RateLimit-", "X-RateLimit-", "X-Rate-Limit-"];

    /// <summary>Null when the response has no header that can be read.</summary>
    public static RateLimitState? From(HttpResponseMessage answer, DateTimeOffset now)
    {
        var reported = Structured(answer).Concat(Families.Select(family => Plain(answer, family, now)));
        RateLimitState? least = null;
        foreach (var part in reported)
        {
            if (part is not null && (least is null || PerSecond(part) < PerSecond(least)))
            {
                least = part;
            }
        }

        return least;
    }

    private static double PerSecond(RateLimitState part) => part.Remaining / Math.Max(part.Reset.TotalSeconds, 0.001);

    private static RateLimitState? Plain(HttpResponseMessage answer, string family, DateTimeOffset now) =>
        First(answer, family + "Remaining") is { } remaining && First(answer, family + "Reset") is { } reset
            ? new RateLimitState(remaining, Until(reset, now), First(answer, family + "Limit"))
            : null;

    private static TimeSpan Until(long reset, DateTimeOffset now)
    {
        var wait = reset >= FirstInstantMilliseconds ? TimeSpan.FromMilliseconds(reset - now.ToUnixTimeMilliseconds())
            : reset >= FirstInstantSeconds ? TimeSpan.FromSeconds(reset - now.ToUnixTimeSeconds())
            : TimeSpan.FromSeconds(reset);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary><c>"default";r=50;t=30</c>, or of a middle draft <c>limit=100, remaining=50, reset=30</c>.</summary>
    private static IEnumerable<RateLimitState?> Structured(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("RateLimit", out var lines))
        {
            yield break;
        }

        var quotas = Quotas(answer);
        foreach (var line in lines)
        {
            if (line.Contains("remaining=", StringComparison.OrdinalIgnoreCase))
            {
                yield return From(Parameters(line, ','), "remaining", "reset", "limit", null);
                continue;
            }

            foreach (var item in line.Split(','))
            {
                yield return From(Parameters(item, ';'), "r", "t", "q", quotas.TryGetValue(Name(item), out var quota) ? quota : null);
            }
        }
    }

    private static RateLimitState? From(Dictionary<string, long> supplied, string remaining, string reset, string limit, long? quota) =>
        supplied.TryGetValue(remaining, out var left) && supplied.TryGetValue(reset, out var seconds)
            ? new RateLimitState(left, TimeSpan.FromSeconds(seconds), supplied.TryGetValue(limit, out var most) ? most : quota)
            : null;

    private static Dictionary<string, long> Quotas(HttpResponseMessage answer)
    {
        var quotas = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in answer.Headers.TryGetValues("RateLimit-Policy", out var lines)
            ? lines.SelectMany(line => line.Split(','))
            : [])
        {
            if (Parameters(item, ';').TryGetValue("q", out var quota))
            {
                quotas[Name(item)] = quota;
            }
        }

        return quotas;
    }

    private static string Name(string item) => item.Split(';')[0].Trim();

    private static Dictionary<string, long> Parameters(string item, char separator)
    {
        var supplied = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in item.Split(separator))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && Number(part[(at + 1)..]) is { } number)
            {
                supplied[part[..at].Trim()] = number;
            }
        }

        return supplied;
    }

    /// <summary>The first number of the header; <c>100, 100;w=60</c> is 100.</summary>
    private static long? First(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? Number(values.First().Split(',', ';')[0]) : null;

    private static long? Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e15
            ? (long)Math.Floor(number)
            : null;
}
