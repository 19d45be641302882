using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>The result of an action on a request: the request as it is now, or why the action was refused.</summary>
/// <param name="Already">
/// The same release had been requested before: that request is returned, nothing was added.
/// </param>
public sealed record ApprovalResult(ApprovalRequest? Request, Refusal? Refusal, string Message, bool Already = false)
{
    public bool Done => Refusal is null;

    internal static ApprovalResult From(ApprovalRequest request, string said, bool already = false) => new(request, null, said, already);

    internal static ApprovalResult Refused(Refusal refusal) => new(null, refusal, refusal.Message);
}
