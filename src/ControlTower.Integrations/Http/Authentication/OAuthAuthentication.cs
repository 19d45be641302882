using System.Net;
using System.Text;
using System.Text.Json;

namespace ControlTower.Integrations.Http.Authentication;

/// <summary>Where and with which client tokens are requested.</summary>
/// <param name="InBody">Id and secret are posted in the body; else as basic (RFC 6749, 2.3.1).</param>
internal sealed record OAuthClient(Uri TokenUrl, string ClientId, string? Scope, string? Audience, bool InBody);

/// <summary>
/// OAuth 2 client credentials (RFC 6749, 4.4). A token is requested once, however many requests wait for it, kept while
/// it is valid, and renewed a while before it ends; while renewing fails the old one is used to its end. One that was
/// refused is dropped, once.
/// </summary>
/// <param name="secrets">The client secrets that are valid now, the newest first.</param>
internal sealed class OAuthAuthentication(
    ConnectorHttp http, OAuthClient client, Func<IReadOnlyList<string>> secrets, TimeProvider time) : IRequestAuthentication
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxEarlyRenewal = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(8);
    private readonly Lock _gate = new();
    private Task<Token>? _fetching;
    private volatile Token? _token;

    public async ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var token = _token is { } current && current.RenewAt > time.GetUtcNow() ? current : await RenewAsync(cancellation);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Value);
        return token.Value;
    }

    public bool Refused(string? proof)
    {
        if (_token is { } current && current.Value != proof)
        {
            // Another request renewed it meanwhile.
            return true;
        }

        _token = null;
        return true;
    }

    private async Task<Token> RenewAsync(CancellationToken cancellation)
    {
        try
        {
            return await ShareFetch().WaitAsync(cancellation);
        }
        catch (RequestAuthenticationException) when (_token is { } old && old.EndsAt > time.GetUtcNow())
        {
            return _token;
        }
    }

    /// <summary>One fetch for all waiting requests; none of them cancels it for the others.</summary>
    private Task<Token> ShareFetch()
    {
        lock (_gate)
        {
            return _token is { } renewed && renewed.RenewAt > time.GetUtcNow() ? Task.FromResult(renewed)
                : _fetching is { IsCompleted: false } running ? running
                : _fetching = FetchAsync();
        }
    }

    /// <summary>Tries each valid secret until one is accepted.</summary>
    private async Task<Token> FetchAsync()
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(FetchTimeout);
        RequestAuthenticationException? refused = null;
        foreach (var secret in secrets())
        {
            try
            {
                return _token = await FetchAsync(secret, limit.Token);
            }
            catch (RequestAuthenticationException failure) when (failure.IsRefused)
            {
                refused = failure;
            }
        }

        throw refused ?? new RequestAuthenticationException("There is no client secret to ask a token with.", isRefused: true);
    }

    private async Task<Token> FetchAsync(string secret, CancellationToken cancellation)
    {
        using var request = Request(secret);
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            var body = await BoundedBody.ReadAsync(answer.Content, LongestAnswer, cancellation);
            return Read(answer.StatusCode, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or (
            IOException and not RequestAuthenticationException))
        {
            var why = failure is OperationCanceledException ? "it did not answer in time." : failure.Message;
            throw new RequestAuthenticationException($"No token could be requested at {client.TokenUrl.Host}: {why}", isRefused: false);
        }
    }

    private HttpRequestMessage Request(string secret)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        Add(form, "scope", client.Scope);
        Add(form, "audience", client.Audience);
        if (client.InBody)
        {
            Add(form, "client_id", client.ClientId);
            Add(form, "client_secret", secret);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, client.TokenUrl) { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (!client.InBody)
        {
            var pair = $"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        return request;
    }

    private Token Read(HttpStatusCode status, byte[]? body)
    {
        var json = Parse(body);
        if (status is HttpStatusCode.OK && Text(json, "access_token") is { Length: > 0 } value)
        {
            var lifetime = json.TryGetProperty("expires_in", out var seconds) && Seconds(seconds) is { } stated
                ? TimeSpan.FromSeconds(stated)
                : DefaultLifetime;
            var early = lifetime / 5 < MaxEarlyRenewal ? lifetime / 5 : MaxEarlyRenewal;
            var ends = time.GetUtcNow() + lifetime;
            return new Token(value, ends - early, ends);
        }

        var reported = Text(json, "error") is { } error ? $" ({error})" : "";
        var isRefused = status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        throw new RequestAuthenticationException($"{client.TokenUrl.Host} answered {(int)status}{reported} when a token was requested.",
            isRefused);
    }

    private static double? Seconds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var seconds) && seconds is > 0 and < 1e9 => seconds,
        JsonValueKind.String when double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 1e9 => seconds,
        _ => null,
    };

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement Parse(byte[]? body)
    {
        try
        {
            return body is null ? default : JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static void Add(List<KeyValuePair<string, string>> form, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            form.Add(new(name, value));
        }
    }

    private sealed record Token(string Value, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
