using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Approvals;

/// <summary>
/// Who may request a release and who may grant it. Pure; used by the action and by the page that offers it.
/// </summary>
public static class ApprovalRights
{
    private static readonly string[] Askers =
        [TowerRoles.WarehouseSupervisor, TowerRoles.LogisticsCoordinator, TowerRoles.IntegrationOperator, TowerRoles.FinanceApprover];

    /// <summary>Null when the actor may request a release.</summary>
    public static Refusal? ToAsk(Actor actor) =>
        Askers.Any(actor.Is)
            ? null
            : Refusal.Forbidden("Releases are requested by supervisors, coordinators, operators and finance; this account only reads.");

    /// <summary>Null when the actor may decide on requests at all: a signed-in person who is a finance approver and nothing else.</summary>
    public static Refusal? ToDecide(Actor actor) =>
        !actor.IsPerson || actor.Id is null ? Refusal.Forbidden("Approvals are given by a signed-in person, never by an API key.")
        : !actor.Is(TowerRoles.FinanceApprover) ? Refusal.Forbidden("Releases of invoices are granted by finance approvers.")
        : actor.Roles.Count > 1
            ? Refusal.Forbidden(
                "This account holds other roles besides finance approver; requesting, configuring and approving are kept apart.")
        : null;

    /// <summary>
    /// Null when the actor may reject this request: what <see cref="ToDecide"/> requires, and that somebody else made
    /// the request.
    /// </summary>
    public static Refusal? ToReject(Actor actor, ApprovalRequest request) =>
        ToDecide(actor) ?? (RequestedBy(actor, request)
            ? Refusal.Forbidden("You requested this release yourself; somebody else decides on it.")
            : null);

    /// <summary>
    /// Null when the actor may grant this request: what <see cref="ToReject"/> requires, and that it lies within their
    /// limit.
    /// </summary>
    public static Refusal? ToApprove(Actor actor, ApprovalRequest request, ApprovalPolicy policy) =>
        ToReject(actor, request) ?? WithinLimit(actor, request, policy);

    private static bool RequestedBy(Actor actor, ApprovalRequest request) =>
        request.RequestedById == actor.Id || string.Equals(request.RequestedBy, actor.Name, StringComparison.OrdinalIgnoreCase);

    private static Refusal? WithinLimit(Actor actor, ApprovalRequest request, ApprovalPolicy policy)
    {
        if (policy.InGroupCurrency(request.Amount, request.Currency) is not { } amount)
        {
            return Refusal.Forbidden(
                $"No rate from {request.Currency} to {policy.GroupCurrency} is kept, so the amount cannot be compared with a limit.");
        }

        return amount <= (actor.AuthorityLimit ?? 0) ? null : Refusal.Forbidden(
            $"{request.Amount:#,##0.00} {request.Currency} is over your limit of "
            + $"{actor.AuthorityLimit ?? 0:#,##0.00} {policy.GroupCurrency}; a colleague with a higher one decides.");
    }
}
