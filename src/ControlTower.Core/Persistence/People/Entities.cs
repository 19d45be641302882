using ControlTower.Core.Kernel;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Core.Persistence.People;

/// <summary>A person who signs in.</summary>
public sealed class TowerUser : IdentityUser<long>
{
    public string DisplayName { get; set; } = "";

    /// <summary>Up to which amount they may approve, in the group's currency; null for those who approve nothing.</summary>
    public decimal? AuthorityLimit { get; set; }

    public bool Disabled { get; set; }
}

/// <summary>A site or legal entity a person or key is limited to; no row of a kind means all.</summary>
public sealed class UserScope
{
    public const string Site = "site";
    public const string LegalEntity = "legal-entity";

    public long UserId { get; set; }

    /// <summary><see cref="Site"/> or <see cref="LegalEntity"/>.</summary>
    public required string Kind { get; set; }

    public required string Value { get; set; }
}

/// <summary>
/// A person's sign-in on one browser or program. Its cookie names it; without this row the cookie is invalid.
/// </summary>
public sealed class UserSession
{
    /// <summary>Random.</summary>
    public Guid Id { get; set; }

    public long UserId { get; set; }

    /// <summary>System time.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>System time; extended while the session is used.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A machine's key: shown once, stored hashed, scoped, revocable. It cannot approve.</summary>
public sealed class ApiKey
{
    /// <summary>
    /// Before a key's name wherever an actor is shown. User names have no colon, so no key can pass for a person.
    /// </summary>
    public const string ActorPrefix = "key:";

    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>One of <see cref="TowerRoles"/>; a key can get one of <see cref="TowerRoles.OfKeys"/>.</summary>
    public required string Role { get; set; }

    /// <summary>SHA-256 of the key's 32 random bytes.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>First characters, to recognise it by.</summary>
    public required string Prefix { get; set; }

    /// <summary>JSON array of site codes; empty means all.</summary>
    public string Sites { get; set; } = "[]";

    public string LegalEntities { get; set; } = "[]";

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
