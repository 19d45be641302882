using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Tower;

/// <summary>Who sees the same Tower: equal sites, legal entities and teams share one snapshot.</summary>
/// <param name="Teams">Teams whose cases are the viewer's; empty for those who only read, who see every team's.</param>
public sealed record TowerView(Actor Actor, IReadOnlyList<string> Teams)
{
    public static TowerView From(Actor actor) => new(actor, TeamRoles.For(actor));

    public string Key => $"{Scope}|{List(Teams)}";

    /// <summary>Who sees the same orders, requests and figures, whatever their teams are.</summary>
    public string Scope => $"{List(Actor.Sites)}|{List(Actor.LegalEntities)}";

    private static string List(IReadOnlyList<string> values) => string.Join(',', values.Order(StringComparer.Ordinal));
}
