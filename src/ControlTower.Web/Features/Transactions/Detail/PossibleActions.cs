using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>
/// What an actor could do on a transaction; each impossible one has the reason. The action itself is checked again
/// where it is done.
/// </summary>
internal static class PossibleActions
{
    public const string RequestRelease = "request-release";

    public static IReadOnlyList<PossibleAction> For(
        Actor actor, IReadOnlyList<TransactionHold> holds, IReadOnlyList<ApprovalRequest> approvals, IReadOnlyList<ExceptionCase> cases) =>
    [
        .. Releases(actor, holds, approvals),
        .. cases.Where(c => c.State < CaseState.Resolved && (c.CommandId is not null || c.MessageId is not null))
            .Select(c => Replay(actor, c)),
    ];

    private static IEnumerable<PossibleAction> Releases(
        Actor actor, IReadOnlyList<TransactionHold> holds, IReadOnlyList<ApprovalRequest> approvals)
    {
        var existing = holds.Where(h => h.ClosedAt is null).ToList();
        var billing = existing.Where(h => h.Kind == "billing").ToList();
        if (billing.Count == 0)
        {
            yield return new(RequestRelease, "Ask for the release of an invoice", null, false, existing.Count == 0
                ? "Nothing is held."
                : "The ERP holds this order; it is lifted there.");
        }

        foreach (var hold in billing)
        {
            var whyNot = WhyNotRelease(actor, hold, approvals);
            yield return new(
                RequestRelease, $"Ask for the release of the invoice for {hold.Part ?? hold.Document}", hold.Part, whyNot is null, whyNot);
        }
    }

    private static string? WhyNotRelease(Actor actor, TransactionHold hold, IReadOnlyList<ApprovalRequest> approvals)
    {
        if (ApprovalRights.ToAsk(actor) is { } refusal)
        {
            return refusal.Message;
        }

        if (hold.ContentHash is null || hold.Amount is null)
        {
            return "What would be invoiced is not known yet.";
        }

        var waiting = approvals.FirstOrDefault(a =>
            a.State == ApprovalState.Pending && a.Part == hold.Part && a.ContentHash == hold.ContentHash);
        return waiting is null ? null : $"{waiting.RequestedBy} has requested it already; it waits for a decision.";
    }

    private static PossibleAction Replay(Actor actor, ExceptionCase about)
    {
        var whyNot = CaseRights.ToReplay(actor, about)?.Message
            ?? (about.State == CaseState.Waiting ? "It was replayed or handed over; its outcome is awaited." : null);
        return new("replay", $"Replay: {about.Message}", about.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            whyNot is null, whyNot);
    }
}
