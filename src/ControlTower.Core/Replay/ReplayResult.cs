using ControlTower.Core.Kernel;

namespace ControlTower.Core.Replay;

/// <summary>What became of the replay of one case: put back, or why not. A refused replay changed nothing.</summary>
/// <param name="Said">One sentence for the person who pressed.</param>
public sealed record ReplayResult(long CaseId, Refusal? Refusal, string Said)
{
    public bool Done => Refusal is null;
}

/// <summary>What was put back, told in one sentence; or why nothing was.</summary>
internal sealed record RequeueResult(Refusal? Refusal, string Said)
{
    public static RequeueResult Done(string said) => new(null, said);

    public static RequeueResult Refused(Refusal refusal) => new(refusal, refusal.Message);
}
