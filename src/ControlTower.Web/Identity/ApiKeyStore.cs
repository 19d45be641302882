using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Api;
using ControlTower.Web.Features.ApiKeys;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Identity;

/// <summary>API keys: 32 random bytes behind <c>ct_</c>, of which the database keeps only the hash.</summary>
internal sealed class ApiKeyStore(ITowerDb contexts, TowerClocks clocks, AuditTrail audit, ILogger<ApiKeyStore> log)
{
    private const string Mark = "ct_";
    private const int SecretBytes = 32;
    private const int PrefixLength = 10;

    /// <summary>How long a read key is cached: a revoked key is rejected after it at the latest.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);

    /// <summary>How precisely the last use is recorded.</summary>
    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);

    /// <summary>The key's row; null when it is unknown or revoked.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (HashOf(secret) is not { } hash)
        {
            return null;
        }

        var now = clocks.SystemNow;
        var name = Convert.ToHexString(hash);
        if (_cache.TryGetValue(name, out var known) && known.Until > now)
        {
            return known.Key;
        }

        await using var reader = contexts.CreateReader();
        var key = await reader.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.RevokedAt == null, cancellation);
        if (key is null)
        {
            _cache.TryRemove(name, out _);
            return null;
        }

        _cache[name] = (key, now + Believed);
        if (key.LastUsedAt is null || key.LastUsedAt < now - UseStep)
        {
            await NoteUseAsync(key, now, cancellation);
        }

        return key;
    }

    /// <summary>
    /// A request is not refused because its use could not be recorded, as on a connection that was lost in a restart of
    /// the database: the next use is recorded.
    /// </summary>
    private async Task NoteUseAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            await db.ApiKeys.Where(row => row.Id == key.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(k => k.LastUsedAt, now), cancellation);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            log.LogInformation("The use of API key {Key} is noted later: {Error}", key.Prefix, error.Message);
        }
    }

    /// <summary>Whether a person has this name: a key under that name would be taken for them.</summary>
    public async Task<bool> IsPersonsNameAsync(string name, CancellationToken cancellation)
    {
        var upper = name.ToUpperInvariant();
        await using var db = contexts.CreateReader();
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL.
        return await db.Users.AnyAsync(user => user.NormalizedUserName == upper || user.DisplayName.ToUpper() == upper, cancellation);
#pragma warning restore CA1304, CA1311, CA1862
    }

    /// <summary>Creates a key; the secret is not stored anywhere. Name and role are validated by the caller.</summary>
    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        string name, string role, IReadOnlyList<string> sites, IReadOnlyList<string> legalEntities, Actor createdBy,
        CancellationToken cancellation)
    {
        var secret = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var key = new ApiKey
        {
            Name = name,
            Role = role,
            Hash = HashOf(secret)!,
            Prefix = secret[..PrefixLength],
            Sites = JsonSerializer.Serialize(sites),
            LegalEntities = JsonSerializer.Serialize(legalEntities),
            CreatedAt = clocks.SystemNow,
            CreatedBy = createdBy.Name,
        };
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        db.ApiKeys.Add(key);
        audit.Add(db, createdBy, "api-key.created", "api-key", key.Prefix,
            after: JsonSerializer.Serialize(new { key.Name, key.Role, sites, legalEntities }, JsonSerializerOptions.Web));
        await db.SaveChangesAsync(cancellation);
        return (key, secret);
    }

    /// <summary>Keys, newest first, revoked ones too.</summary>
    public async Task<Page<ApiKeyView>> ListAsync(PageQuery page, CancellationToken cancellation)
    {
        var before = PageCursor.ReadBefore(page.Cursor);
        await using var db = contexts.CreateReader();
        var rows = await db.ApiKeys.AsNoTracking()
            .Where(key => key.Id < before)
            .OrderByDescending(key => key.Id)
            .Take(page.Size + 1)
            .ToListAsync(cancellation);
        return Page.From(rows, page.Size, ApiKeyView.From, key => PageCursor.Write(key.Id));
    }

    /// <returns>False when there is no such key; revoking twice is fine.</returns>
    public async Task<bool> RevokeAsync(long id, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.ApiKeys.FindAsync([id], cancellation) is not { } key)
        {
            return false;
        }

        if (key.RevokedAt is null)
        {
            key.RevokedAt = clocks.SystemNow;
            audit.Add(db, actor, "api-key.revoked", "api-key", key.Prefix,
                before: JsonSerializer.Serialize(new { key.Name, key.Role }, JsonSerializerOptions.Web));
            await db.SaveChangesAsync(cancellation);
            _cache.TryRemove(Convert.ToHexString(key.Hash), out _);
        }

        return true;
    }

    private static byte[]? HashOf(string secret)
    {
        if (!secret.StartsWith(Mark, StringComparison.Ordinal) || !Base64Url.IsValid(secret.AsSpan(Mark.Length), out var length)
            || length != SecretBytes)
        {
            return null;
        }

        return SHA256.HashData(Base64Url.DecodeFromChars(secret.AsSpan(Mark.Length)));
    }
}
