using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>The refusals of approvals, as sentences for people.</summary>
internal static class ApprovalRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("There is no such request.");

    public static Refusal AccountClosed { get; } = Refusal.Forbidden("This account has been disabled, so it decides nothing any more.");

    public static Refusal NoTransaction { get; } = Refusal.NotFound("There is no such transaction.");

    public static Refusal NothingHeld { get; } = Refusal.Conflict("No invoice of this order is held, so there is nothing to release.");

    public static Refusal NoReason { get; } = Refusal.Invalid("Say why, in one sentence of at most 1,000 characters.");

    public static Refusal Expired { get; } = Refusal.Conflict("The request has expired; ask for the release again.");

    public static Refusal Changed { get; } =
        Refusal.Conflict("What was to be released has changed since it was requested, so the request is void; check and request it again.");

    public static Refusal NotAsShown { get; } =
        Refusal.Conflict("The held invoice is not the one that was shown any more; look again and ask for what is held now.");

    public static Refusal PolicyChanged { get; } =
        Refusal.Conflict(
            "The billing policy has changed since the release was requested, so the request is void; check and request it again.");

    public static Refusal NotHeld(string shipment) =>
        Refusal.Conflict($"The invoice of {shipment} is not held, so there is nothing to release.");

    public static Refusal Several(IEnumerable<string?> slices) =>
        Refusal.Invalid($"Several invoices of this order are held; name one shipment: {string.Join(", ", slices)}.");

    public static Refusal Decided(ApprovalRequest request) => Refusal.Conflict(request.State switch
    {
        ApprovalState.Approved => $"{request.DecidedBy} has granted this release already.",
        ApprovalState.Rejected => $"{request.DecidedBy} has refused this release already.",
        ApprovalState.Expired => Expired.Message,
        _ => Changed.Message,
    });
}
