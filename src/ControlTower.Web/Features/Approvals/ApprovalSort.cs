namespace ControlTower.Web.Features.Approvals;

/// <summary>Orders of a list of requests.</summary>
public enum ApprovalSort
{
    /// <summary>The latest requested first.</summary>
    Newest,

    /// <summary>The longest waiting first.</summary>
    Oldest,

    /// <summary>What expires first; of pending requests only, which are few.</summary>
    TimeLeft,

    /// <summary>The largest amount first, whatever its currency; of pending requests only.</summary>
    MostMoney,
}
