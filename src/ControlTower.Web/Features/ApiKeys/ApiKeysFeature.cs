using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.ApiKeys;

/// <summary>Keys for machines: an administrator makes and revokes them; a key's secret is shown once.</summary>
internal sealed class ApiKeysFeature : IFeature
{
    /// <summary>With its prefix it fits where an actor's name is kept.</summary>
    private static readonly int LongestName = Lengths.Name - ApiKey.ActorPrefix.Length;

    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("api-keys").RequireAuthorization(Rights.Administer).WithTags("api-keys");
        keys.MapGet("", async ([AsParameters] PageQuery page, ApiKeyStore store, CancellationToken cancellation) =>
            await store.ListAsync(page, cancellation)).WithSummary("Keys, newest first; never their secrets");
        keys.MapPost("", CreateAsync)
            .RequireAuthorization(Rights.Person)
            .WithSummary("Make a key; its secret is in this answer and nowhere else");
        keys.MapDelete("{id:long}", async (long id, ApiKeyStore store, ICurrentActor current, CancellationToken cancellation) =>
            await store.RevokeAsync(id, await current.GetAsync(), cancellation)
                ? Results.NoContent()
                : Problems.NotFound("There is no such key."))
            .WithSummary("Revoke a key");
    }

    private static async Task<IResult> CreateAsync(
        ApiKeyRequest request, ApiKeyStore store, ICurrentActor current, CancellationToken cancellation)
    {
        if (await ErrorOfAsync(request, store, cancellation) is { } error)
        {
            return Problems.Invalid(error);
        }

        var (key, secret) = await store.CreateAsync(
            request.Name!.Trim(), request.Role!, request.Sites ?? [], request.LegalEntities ?? [], await current.GetAsync(), cancellation);
        return Results.Json(new { key = ApiKeyView.From(key), secret }, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<string?> ErrorOfAsync(ApiKeyRequest request, ApiKeyStore store, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName
            ? FormattableString.Invariant($"name: 1 to {LongestName} characters that say whose key it is.")
        : !TowerRoles.OfKeys.Contains(request.Role, StringComparer.Ordinal)
            ? $"role: one of {string.Join(", ", TowerRoles.OfKeys)}; business roles belong to people."
        : await store.IsPersonsNameAsync(request.Name.Trim(), cancellation)
            ? "name: a person is called so; name the program that uses the key."
        : null;
}

internal sealed record ApiKeyRequest(string? Name, string? Role, IReadOnlyList<string>? Sites, IReadOnlyList<string>? LegalEntities);

internal sealed record ApiKeyView(
    long Id, string Name, string Prefix, string Role, string[] Sites, string[] LegalEntities,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static ApiKeyView From(ApiKey key) => new(
        key.Id, key.Name, key.Prefix, key.Role, List(key.Sites), List(key.LegalEntities), key.CreatedAt, key.CreatedBy, key.LastUsedAt,
        key.RevokedAt);

    private static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
