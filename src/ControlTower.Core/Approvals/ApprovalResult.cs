using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>What became of an act on a request: the request as it is now, or why it was refused.</summary>
/// <param name="Already">The same release had been asked for before: that request is given, nothing was added.</param>
public sealed record ApprovalResult(ApprovalRequest? Request, Refusal? Refusal, string Said, bool Already = false)
{
    public bool Done => Refusal is null;

    internal static ApprovalResult Of(ApprovalRequest request, string said, bool already = false) => new(request, null, said, already);

    internal static ApprovalResult Refused(Refusal refusal) => new(null, refusal, refusal.Message);
}
