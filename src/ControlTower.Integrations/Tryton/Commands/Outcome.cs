using ControlTower.Core.Connectors;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>Classes what became of a command, once, for all of them.</summary>
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
    /// <param name="isAct">The call that failed was one that acts; a read leaves nothing behind.</param>
    public static SendResult Of(RpcFault fault, bool acted, bool isAct)
    {
        var outcome = fault.Kind switch
        {
            RpcFaultKind.User or RpcFaultKind.Warning or RpcFaultKind.Server or RpcFaultKind.NotExposed => SendOutcome.Rejected,
            RpcFaultKind.Unauthorised => SendOutcome.Unauthorised,
            RpcFaultKind.Throttled => SendOutcome.Throttled,
            RpcFaultKind.Lost when isAct => SendOutcome.Unknown,

            // Rolled back, not sent, or only asked: without effect, unless an act of the same attempt came before.
            _ => acted ? SendOutcome.Unknown : SendOutcome.NotSent,
        };
        var code = fault.Warning is { } warning ? $"{fault.Code}: {warning}" : fault.Code;
        return new SendResult(outcome, fault.HttpStatus, Code: code.Length > LongestCode ? code[..LongestCode] : code, Detail: fault.Message, RetryAfter: fault.RetryAfter);
    }

    private const int LongestCode = 64;
}
