using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Identity;

internal sealed class ApiKeyOptions : AuthenticationSchemeOptions;

/// <summary><c>Authorization: Bearer ct_…</c>: a machine with one role and its scopes.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<ApiKeyOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    ApiKeyStore keys) : AuthenticationHandler<ApiKeyOptions>(options, logs, encoder)
{
    public new const string Scheme = "api-key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return await keys.FindAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted) is { } key
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), Scheme))
            : AuthenticateResult.Fail("The API key is not known or was revoked.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static ClaimsPrincipal PrincipalOf(ApiKey key)
    {
        var identity = new ClaimsIdentity(Scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, ApiKey.ActorPrefix + key.Name));
        identity.AddClaim(new Claim(TowerClaims.Kind, Actor.Key));
        identity.AddClaim(new Claim(ClaimTypes.Role, key.Role));
        Add(identity, TowerClaims.Site, key.Sites);
        Add(identity, TowerClaims.LegalEntity, key.LegalEntities);
        return new ClaimsPrincipal(identity);
    }

    private static void Add(ClaimsIdentity identity, string type, string json)
    {
        foreach (var value in JsonSerializer.Deserialize<string[]>(json) ?? [])
        {
            identity.AddClaim(new Claim(type, value));
        }
    }
}
