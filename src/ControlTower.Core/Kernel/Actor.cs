using ControlTower.Core.Persistence.People;

namespace ControlTower.Core.Kernel;

/// <summary>Who performs an action: checked where the action is done, not only where its button is.</summary>
/// <param name="Id">User id, or null for an API key or the tower.</param>
/// <param name="Name">User name, or key name behind <see cref="ApiKey.ActorPrefix"/>: what the audit chain records.</param>
/// <param name="Kind">person, api-key or tower.</param>
/// <param name="Sites">Sites they are limited to; empty means all.</param>
/// <param name="LegalEntities">Legal entities they are limited to; empty means all.</param>
/// <param name="AuthorityLimit">Up to which amount they may approve; null for none.</param>
public sealed record Actor(
    long? Id,
    string Name,
    string Kind,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Sites,
    IReadOnlyList<string> LegalEntities,
    decimal? AuthorityLimit)
{
    public const string Person = "person";
    public const string Key = "api-key";

    public static Actor Tower { get; } = new(null, "tower", "tower", [], [], [], null);

    public bool IsPerson => Kind == Person;

    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);

    public bool MaySeeSite(string? site) => Sites.Count == 0 || (site is not null && Sites.Contains(site, StringComparer.Ordinal));

    public bool MaySeeLegalEntity(string? entity) =>
        LegalEntities.Count == 0 || (entity is not null && LegalEntities.Contains(entity, StringComparer.Ordinal));
}

/// <summary>An action that was refused, as a message for people, with the HTTP status an API returns.</summary>
/// <param name="Code">forbidden, not-found, conflict or invalid.</param>
public sealed record Refusal(string Code, string Message)
{
    public static Refusal Forbidden(string message) => new("forbidden", message);

    public static Refusal NotFound(string message) => new("not-found", message);

    public static Refusal Conflict(string message) => new("conflict", message);

    public static Refusal Invalid(string message) => new("invalid", message);
}
