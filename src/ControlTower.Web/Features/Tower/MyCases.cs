using ControlTower.Core.Persistence.Cases;
using ControlTower.Web.Features.Exceptions;

namespace ControlTower.Web.Features.Tower;

/// <summary>
/// How the Tower's number of exceptions is described and opened: it counts the viewer's teams', the list behind it may
/// hold other teams' too.
/// </summary>
internal static class MyCases
{
    public static string Text(int count, IReadOnlyList<string> teams) =>
        $"{(count == 1 ? "exception" : "exceptions")} {(teams.Count == 0 ? "open" : "for your team")}";

    /// <summary>The waived cases that the Tower counts: of one team its own, of several the list of all.</summary>
    public static string WaivedAddress(IReadOnlyList<string> teams) =>
        CaseAddress.From(new() { States = [CaseState.Waived], Team = teams.Count == 1 ? teams[0] : null });

    /// <summary>Of one team its queue, of several the list in which each queue of theirs is marked with its number.</summary>
    public static string Address(IReadOnlyList<string> teams) =>
        teams.Count == 1 ? CaseAddress.From(new() { States = CaseFilter.Unresolved, Team = teams[0] }) : "exceptions";
}
