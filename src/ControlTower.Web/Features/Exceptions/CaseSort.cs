namespace ControlTower.Web.Features.Exceptions;

/// <summary>Orders of a list of cases: each is served by an index, or by one that holds only the few it sorts.</summary>
public enum CaseSort
{
    /// <summary>What is due first; of open work only.</summary>
    Due,

    /// <summary>The latest opened first.</summary>
    Newest,

    /// <summary>The most money at risk first, whatever its currency; of open work and of waived cases only.</summary>
    MostMoney,
}
