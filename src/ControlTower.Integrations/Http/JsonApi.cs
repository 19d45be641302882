using System.Text.Json;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Http;

/// <summary>How long an exchange may take, and who may end it: only the caller's own cancellation throws.</summary>
internal readonly record struct Deadline(CancellationToken Limited, CancellationToken Caller);

/// <summary>What came back: a status with its body, or what it means that nothing did.</summary>
/// <param name="Status">Zero when there was no answer.</param>
/// <param name="Json">The body; null when it is not JSON, broke off, or is longer than is read.</param>
/// <param name="IsReplayed">The target says that this is the answer it gave to the same key before.</param>
/// <param name="Lost">Set when there was no answer.</param>
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
/// <param name="heed">Told of every answer: what the target says of its own rate.</param>
internal sealed class JsonApi(
    ConnectorHttp http, string baseUrl, IReadOnlyList<(string Name, string Value)> headers, TimeProvider time,
    Action<HttpResponseMessage> heed)
{
    private const int LongestBody = 16 * 1024 * 1024;
    private readonly string _baseUrl = baseUrl.TrimEnd('/');

    /// <summary>Reads; without an answer nothing was changed, so that is never doubt.</summary>
    public Task<ApiAnswer> GetAsync(string path, Deadline deadline) => ExchangeAsync(HttpMethod.Get, path, null, [], deadline);

    /// <summary>Changes something; whether it may have had an effect is reported by the content's own note of its first byte.</summary>
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
            heed(answer);
            var body = await BoundedBody.ReadAsync(answer.Content, LongestBody, deadline.Limited);
            var isReplayed = answer.Headers.TryGetValues("Idempotent-Replayed", out var replayed) && replayed.Contains("true");
            return new ApiAnswer((int)answer.StatusCode, Parse(body), RetryAfter.Of(answer, time.GetUtcNow()), isReplayed);
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
