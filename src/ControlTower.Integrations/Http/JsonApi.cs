using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Http;

/// <summary>How long an exchange may take, and who may end it: only the caller's own cancellation throws.</summary>
internal readonly record struct Deadline(CancellationToken Limited, CancellationToken Caller);

/// <summary>The result: a status with its body, or the meaning of a missing response.</summary>
/// <param name="Status">Zero without a response.</param>
/// <param name="Json">The body; null when it is not JSON, broke off, or exceeds the limit.</param>
/// <param name="IsReplayed">The target reports that this is its earlier response to the same key.</param>
/// <param name="Lost">Set without a response.</param>
internal sealed record ApiAnswer(
    int Status, JsonElement? Json, TimeSpan? RetryAfter = null, bool IsReplayed = false, SendResult? Lost = null)
{
    public bool IsOk => Status is >= 200 and < 300 && Json is { ValueKind: JsonValueKind.Object };

    /// <summary>A member of the body, or an undefined element.</summary>
    public JsonElement Member(
        string name) => Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) ? value : default;
}

/// <summary>
/// A vendor's API that speaks JSON: one client, the vendor's headers on every request, bounded bodies, failures as
/// values.
/// </summary>
/// <param name="onResponse">Called with every response, for its rate headers.</param>
internal sealed class JsonApi(
    ConnectorHttp http, string baseUrl, IReadOnlyList<(string Name, string Value)> headers, TimeProvider time,
    Action<HttpResponseMessage> onResponse)
{
    private const int LongestBody = 16 * 1024 * 1024;
    private readonly string _baseUrl = baseUrl.TrimEnd('/');

    /// <summary>Reads; without a response nothing was changed, so the outcome is never unknown.</summary>
    public Task<ApiAnswer> GetAsync(string path, Deadline deadline) => ExchangeAsync(HttpMethod.Get, path, null, [], deadline);

    /// <summary>
    /// Changes something; whether it may have had an effect is known from the first byte written of the content.
    /// </summary>
    public Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, CommandContent content, IReadOnlyList<(string Name, string Value)> more, Deadline deadline) =>
        ExchangeAsync(method, path, content, more, deadline);

    private async Task<ApiAnswer> ExchangeAsync(
        HttpMethod method, string path, CommandContent? content, IReadOnlyList<(string Name, string Value)> more, Deadline deadline)
    {
        try
        {
            using var request = new HttpRequestMessage(method, _baseUrl + path) { Content = content };
            foreach (var (name, value) in headers.Concat(more))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            request.Headers.TryAddWithoutValidation("User-Agent", "control-tower/1");
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var answer = await http.SendAsync(request, deadline.Limited);
            onResponse(answer);
            var body = await BoundedBody.ReadAsync(answer.Content, LongestBody, deadline.Limited);
            var isReplayed = answer.Headers.TryGetValues("Idempotent-Replayed", out var replayed) && replayed.Contains("true");
            return new ApiAnswer((int)answer.StatusCode, Parse(body), RetryAfter.From(answer, time.GetUtcNow()), isReplayed);
        }
        catch (Exception failure) when (!deadline.Caller.IsCancellationRequested
            && failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return new ApiAnswer(0, null, Lost: HttpAttempt.WithoutAnswer(failure, content?.Started == true));
        }
    }

    private static JsonElement? Parse(byte[]? body)
    {
        if (body is not { Length: > 0 } || !System.Text.Unicode.Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
