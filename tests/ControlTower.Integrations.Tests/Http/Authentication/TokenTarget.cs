using System.Text;
using System.Text.Json;
using ControlTower.Integrations.Http.Authentication;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Http.Authentication;

/// <summary>A system that issues tokens at /token and requires one everywhere else.</summary>
internal sealed class TokenTarget : IAsyncDisposable
{
    private int _tokens;

    private TokenTarget(Partner partner) => Partner = partner;

    public Partner Partner { get; }

    public int Tokens => _tokens;

    public int TokenStatus { get; set; } = 200;

    public string Secret { get; set; } = "s+1";

    public bool RefusesAll { get; set; }

    public HashSet<string> Revoked { get; } = [];

    public static async Task<TokenTarget> StartAsync()
    {
        var target = new TokenTarget(await Partner.StartAsync());
        target.Partner.Answer = context => context.Request.Path == "/token" ? target.TokenAsync(context) : target.ThingAsync(context);
        return target;
    }

    public JsonElement Settings(string more = "") =>
        JsonElement.Parse($$"""{"auth":"oauth2","tokenUrl":"{{Partner.BaseUrl}}/token","clientId":"tower"{{more}}}""");

    public AuthenticatedHttp Client(AuthenticationTests tests, string more = "") => tests.Client(Settings(more));

    public ValueTask DisposeAsync() => Partner.DisposeAsync();

    private Task TokenAsync(HttpContext context)
    {
        if (TokenStatus != 200 || !IsMine(context))
        {
            return Partner.JsonAsync(context, TokenStatus != 200 ? TokenStatus : 401, """{"error":"invalid_client"}""");
        }

        var number = Interlocked.Increment(ref _tokens);
        return Partner.JsonAsync(context, 200, $$"""{"access_token":"t-{{number}}","token_type":"Bearer","expires_in":3600}""");
    }

    private bool IsMine(HttpContext context)
    {
        var body = Encoding.UTF8.GetString((byte[])context.Items[nameof(Open.Partner)]!);
        var secret = Uri.EscapeDataString(Secret);
        return body.Contains($"client_secret={secret}", StringComparison.Ordinal)
            || context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"tower:{secret}"));
    }

    private Task ThingAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        return Partner.JsonAsync(context, RefusesAll || Revoked.Contains(token) ? 401 : 200, "{}");
    }
}
