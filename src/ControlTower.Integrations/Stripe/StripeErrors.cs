using System.Collections.Frozen;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Classifies Stripe's response to a request that changes something. Source: docs.stripe.com/api/errors, /error-codes
/// and /error-low-level.
/// </summary>
internal static class StripeErrors
{
    public const string Scheme = "stripe.error";

    private const int LongestDetail = 900;

    /// <summary>Error codes and what they mean as reasons of the tower.</summary>
    public static IReadOnlyList<CodeSeed> Seeds { get; } = CodeSeeds.Read(typeof(StripeErrors), "stripe-codes.csv");

    private static readonly FrozenDictionary<string, string> Reasons = Seeds.ToFrozenDictionary(
        seed => seed.Code, seed => seed.Meaning, StringComparer.Ordinal);

    /// <param name="wrote">Something of the command is at Stripe already: then only a rejection is certain, every other
    /// outcome is unknown.</param>
    public static SendResult FromAnswer(ApiAnswer answer, bool wrote)
    {
        var result = Class(answer);
        return wrote && result.Outcome is SendOutcome.NotSent or SendOutcome.Throttled or SendOutcome.Unauthorised
            ? result with { Outcome = SendOutcome.Unknown }
            : result;
    }

    /// <summary>A read that failed changed nothing.</summary>
    public static SendResult FromRead(ApiAnswer answer, bool wrote)
    {
        var result = FromAnswer(answer, wrote);
        return result.Outcome is SendOutcome.Unknown && !wrote ? result with { Outcome = SendOutcome.NotSent } : result;
    }

    private static SendResult Class(ApiAnswer answer) => answer switch
    {
        { Lost: { } lost } => lost,
        { Status: 401 or 403 } => Result(SendOutcome.Unauthorised, answer),
        { Status: 429 } => Result(SendOutcome.Throttled, answer),
        { Status: 409 } => Result(SendOutcome.Unknown, answer),
        { Status: 400 } when Error(answer, "type") == "idempotency_error" => Result(SendOutcome.Unknown, answer),
        { Status: >= 400 and < 500 } => Result(SendOutcome.Rejected, answer),
        _ => Result(SendOutcome.Unknown, answer),
    };

    private static SendResult Result(SendOutcome outcome, ApiAnswer answer)
    {
        var raw = Error(answer, "code") ?? Error(answer, "type");
        var text = Error(answer, "message") is { } message ? message : $"Stripe answered {answer.Status} without saying why.";
        var place = new[] { Error(answer, "param"), raw }.Where(part => part is not null);
        var detail = $"{text} (Stripe: {string.Join(", ", place.Prepend($"{answer.Status}"))})";
        return new SendResult(
            outcome,
            answer.Status,
            Code: outcome == SendOutcome.Rejected ? ReasonOf(answer, raw) : raw ?? $"HTTP_{answer.Status}",
            Detail: detail.Length > LongestDetail ? detail[..LongestDetail] : detail,
            RetryAfter: answer.RetryAfter);
    }

    /// <summary>
    /// The tower's reason; a code that is in no list keeps its own name, and the case shows its usual meaning.
    /// </summary>
    private static string ReasonOf(ApiAnswer answer, string? raw) =>
        raw is null ? $"HTTP_{answer.Status}"
        : Reasons.GetValueOrDefault($"{raw}:{Error(answer, "param")}") ?? Reasons.GetValueOrDefault(raw) ?? raw;

    private static string? Error(ApiAnswer answer, string name) =>
        answer.Member("error") is { ValueKind: JsonValueKind.Object } error && error.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
