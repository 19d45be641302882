using ControlTower.Core.Persistence.Approvals;

namespace ControlTower.Core.Approvals;

/// <summary>How the ends of a request are reported in the audit chain and on its case.</summary>
internal static class ApprovalText
{
    public static string Act(ApprovalState end) => end switch
    {
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Expired => "expired",
        _ => "voided",
    };

    public static string Note(ApprovalRequest request) => request.State switch
    {
        ApprovalState.Approved => $"{request.DecidedBy} released {ReleaseText.Format(request)}.{Remark(request)}",
        ApprovalState.Rejected => $"{request.DecidedBy} refused the release of {ReleaseText.Format(request)}.{Remark(request)}",
        ApprovalState.Expired => "Nobody decided on the release in time.",
        _ => "The requested release is void: what it was requested for has changed.",
    };

    private static string Remark(ApprovalRequest request) =>
        string.IsNullOrEmpty(request.Comment) ? "" : $" {request.Comment}"[..Math.Min(700, request.Comment.Length + 1)];
}
