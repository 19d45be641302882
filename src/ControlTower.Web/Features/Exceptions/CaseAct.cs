namespace ControlTower.Web.Features.Exceptions;

/// <summary>What a person can do with a case.</summary>
public enum CaseAct
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
