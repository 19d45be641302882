using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;

namespace ControlTower.Web.Features.Tower;

/// <summary>Where the cases are listed that the Tower counts: of a team its own, without one those of all.</summary>
internal static class MyCases
{
    public static CaseFilter Open(string? team) => new() { States = CaseFilter.Unresolved, Team = team };

    /// <summary>What was waived keeps its money at risk until its cause is gone.</summary>
    public static CaseFilter Waived(string? team) => new() { States = [CaseState.Waived], Team = team };
}
