using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Approvals;

/// <summary>Who may ask for a release and who may grant it: pure, asked by the act and by the page that offers it.</summary>
public static class ApprovalRights
{
    private static readonly string[] Askers =
        [TowerRoles.WarehouseSupervisor, TowerRoles.LogisticsCoordinator, TowerRoles.IntegrationOperator, TowerRoles.FinanceApprover];

    /// <summary>Null when the actor may ask for a release.</summary>
    public static Refusal? ToAsk(Actor actor) =>
        Askers.Any(actor.Is) ? null : Refusal.Forbidden("Releases are asked for by supervisors, coordinators, operators and finance; this account only reads.");

    /// <summary>Null when the actor may decide on requests at all: a signed-in person who is a finance approver and nothing else.</summary>
    public static Refusal? ToDecide(Actor actor) =>
        !actor.IsPerson || actor.Id is null ? Refusal.Forbidden("Approvals are given by a signed-in person, never by an API key.")
        : !actor.Is(TowerRoles.FinanceApprover) ? Refusal.Forbidden("Releases of invoices are granted by finance approvers.")
        : actor.Roles.Count > 1 ? Refusal.Forbidden("This account holds other roles beside finance approver; asking, configuring and approving are kept apart.")
        : null;

    /// <summary>Null when the actor may refuse this request: what <see cref="ToDecide"/> asks, and that somebody else asked for it.</summary>
    public static Refusal? ToReject(Actor actor, ApprovalRequest request) =>
        ToDecide(actor) ?? (AskedBy(actor, request)
            ? Refusal.Forbidden("You asked for this release yourself; somebody else decides on it.")
            : null);

    /// <summary>Null when the actor may grant this request: what <see cref="ToReject"/> asks, and that it lies within their limit.</summary>
    public static Refusal? ToApprove(Actor actor, ApprovalRequest request, ApprovalPolicy policy) =>
        ToReject(actor, request) ?? WithinLimit(actor, request, policy);

    private static bool AskedBy(Actor actor, ApprovalRequest request) =>
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
