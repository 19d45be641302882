using ControlTower.Core.Kernel;

namespace ControlTower.Core.Replay;

/// <summary>The result of replaying one case: put back, or why not. A refused replay changed nothing.</summary>
/// <param name="Message">One sentence for the person who replayed it.</param>
public sealed record ReplayResult(long CaseId, Refusal? Refusal, string Message)
{
    public bool Done => Refusal is null;
}

/// <summary>What was put back, as one sentence; or why nothing was.</summary>
internal sealed record RequeueResult(Refusal? Refusal, string Message)
{
    public static RequeueResult Done(string said) => new(null, said);

    public static RequeueResult Refused(Refusal refusal) => new(refusal, refusal.Message);
}
