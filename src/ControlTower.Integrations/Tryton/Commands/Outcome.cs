using ControlTower.Core.Connectors;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>Classifies outcomes of commands in one place.</summary>
internal static class Outcome
{
    public static SendResult Accepted(string? externalId, params ReadOnlySpan<(string Kind, string Number)> references)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (kind, number) in references)
        {
            links[kind] = number;
        }

        return new SendResult(SendOutcome.Accepted, 200, externalId, links.Count > 0 ? links : null);
    }

    public static SendResult Rejected(string code, string detail) => new(SendOutcome.Rejected, 200, Code: code, Detail: detail);

    public static SendResult NotYet(string detail) => new(SendOutcome.NotSent, 200, Code: SendCodes.NotYet, Detail: detail);

    /// <param name="acted">Something of this attempt may have had its effect before.</param>
    /// <param name="isAct">The call that failed was one that changes something; a failed read has no effect.</param>
    public static SendResult FromError(RpcError error, bool acted, bool isAct)
    {
        var outcome = error.Kind switch
        {
            RpcErrorKind.User or RpcErrorKind.Warning or RpcErrorKind.Server or RpcErrorKind.NotExposed => SendOutcome.Rejected,
            RpcErrorKind.Unauthorised => SendOutcome.Unauthorised,
            RpcErrorKind.Throttled => SendOutcome.Throttled,
            RpcErrorKind.Lost when isAct => SendOutcome.Unknown,

            // Rolled back, not sent, or only a query: without effect, unless an earlier call of the same attempt
            // changed something.
            _ => acted ? SendOutcome.Unknown : SendOutcome.NotSent,
        };
        var code = error.Warning is { } warning ? $"{error.Code}: {warning}" : error.Code;
        return new SendResult(outcome, error.HttpStatus, Code: code.Length > LongestCode ? code[..LongestCode] : code,
            Detail: error.Message, RetryAfter: error.RetryAfter);
    }

    private const int LongestCode = 64;
}
