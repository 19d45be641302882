namespace ControlTower.Web.Features.Exceptions;

/// <summary>What a person can do with a case.</summary>
public enum CaseAction
{
    Take,
    Replay,
    Assign,
    RequestApproval,
    Confirm,
    SendAgain,
    Waive,
    Discard,
}
