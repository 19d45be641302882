using System.Globalization;
using System.Net.Http.Headers;
using ControlTower.Integrations.Open;

namespace ControlTower.ContractTest;

/// <summary>Sends requests to the endpoint as the tower does, or with one error.</summary>
internal sealed class PartnerClient(string url, byte[] key) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(15) };

    public async Task<PartnerAnswer> SendAsync(SampleCommand command, Signing? signing = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/commands/{command.Kind}")
            { Content = new ByteArrayContent(command.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", command.Key);
        request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return await AskAsync(request, command.Body, command.Key, signing ?? Signing.Good);
    }

    public async Task<PartnerAnswer> PollAsync(string? cursor, int limit = 500, Signing? signing = null)
    {
        var after = cursor is null ? "" : $"after={Uri.EscapeDataString(cursor)}&";
        using var request = new HttpRequestMessage(HttpMethod.Get, FormattableString.Invariant($"{url}/events?{after}limit={limit}"));
        return await AskAsync(request, [], "poll", signing ?? Signing.Good);
    }

    public void Dispose() => _http.Dispose();

    private async Task<PartnerAnswer> AskAsync(HttpRequestMessage request, byte[] body, string id, Signing signing)
    {
        var at = DateTimeOffset.UtcNow + signing.Shift;
        if (signing.IsSigned)
        {
            var used = signing.WithOtherKey ? [.. key.Select(one => (byte)(one ^ 0xFF))] : key;
            request.Headers.TryAddWithoutValidation(StandardWebhooks.IdHeader, id);
            request.Headers.TryAddWithoutValidation(
                StandardWebhooks.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(used, id, at, body));
        }

        using var answer = await _http.SendAsync(request);
        return new PartnerAnswer(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync());
    }
}

/// <param name="Shift">The difference of the timestamp from now.</param>
internal sealed record Signing(bool IsSigned, bool WithOtherKey, TimeSpan Shift)
{
    public static Signing Good { get; } = new(true, false, TimeSpan.Zero);

    public static Signing None { get; } = new(false, false, TimeSpan.Zero);

    public static Signing Forged { get; } = new(true, true, TimeSpan.Zero);

    public static Signing Old { get; } = new(true, false, TimeSpan.FromMinutes(-6));
}
