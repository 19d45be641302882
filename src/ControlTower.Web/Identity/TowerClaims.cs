using System.Globalization;
using System.Security.Claims;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.People;

namespace ControlTower.Web.Identity;

/// <summary>The claims a person or a key carries, and the way back from claims to the <see cref="Actor"/>.</summary>
public static class TowerClaims
{
    public const string Kind = "ct:kind";
    public const string Display = "ct:display";
    public const string Site = "ct:site";
    public const string LegalEntity = "ct:legal-entity";
    public const string Limit = "ct:limit";

    /// <summary>Which <see cref="UserSession"/> a person's cookie belongs to.</summary>
    public const string Session = "ct:session";

    /// <summary>The actor behind a signed-in principal; null when it is not one of ours.</summary>
    public static Actor? ToActor(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name } || principal.FindFirstValue(Kind) is not { } kind)
        {
            return null;
        }

        long? id = kind == Actor.Person
            ? long.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture)
            : null;
        decimal? limit = principal.FindFirstValue(Limit) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
        return new Actor(
            id, name, kind, Values(principal, ClaimTypes.Role), Values(principal, Site), Values(principal, LegalEntity), limit);
    }

    private static List<string> Values(ClaimsPrincipal principal, string type) => [.. principal.FindAll(type).Select(claim => claim.Value)];
}
