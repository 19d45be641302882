using System.Globalization;
using System.Security.Cryptography;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Open;

/// <summary>Writes the signed requests of the open connector.</summary>
internal sealed class OpenRequests(string baseUrl, byte[] outboundKey, TimeProvider time)
{
    private const string EventType = "application/cloudevents+json";
    public string BaseUrl { get; } = baseUrl.TrimEnd('/');

    /// <summary>A command: one body, one <c>webhook-id</c> and one <c>Idempotency-Key</c> over all attempts of a key.</summary>
    public HttpRequestMessage Command(CommandEnvelope command, CommandContent content, string traceParent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post,
            $"{BaseUrl}/commands/{Uri.EscapeDataString(command.Kind)}") { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", HeaderSafe(command.Key));
        request.Headers.TryAddWithoutValidation(TraceContext.Parent, traceParent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, application/problem+json");
        return Sign(request, "cmd_" + Digest.Hex(command.Key)[..32], command.Body);
    }

    /// <summary>One page of facts after the cursor, signed over an empty body.</summary>
    public HttpRequestMessage Events(string? cursor, int limit)
    {
        var after = cursor is null ? "" : $"after={Uri.EscapeDataString(cursor)}&";
        var request = new HttpRequestMessage(HttpMethod.Get, FormattableString.Invariant($"{BaseUrl}/events?{after}limit={limit}"));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return Sign(request, "poll_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), []);
    }

    public static CommandContent Content(CommandEnvelope command) => new(command.Body, EventType, command.MayWrite);

    private HttpRequestMessage Sign(HttpRequestMessage request, string id, byte[] body)
    {
        var now = time.GetUtcNow();
        request.Headers.TryAddWithoutValidation("User-Agent", "control-tower/1");
        request.Headers.TryAddWithoutValidation(StandardWebhooks.IdHeader, id);
        request.Headers.TryAddWithoutValidation(StandardWebhooks.TimestampHeader, now.ToUnixTimeSeconds()
            .ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(outboundKey, id, now, body));
        return request;
    }


    /// <summary>Keys are made of business numbers; what a header cannot carry is percent-encoded, the same way for every attempt.</summary>
    private static string HeaderSafe(string key) =>
        key.All(letter => letter is > ' ' and <= '~')
            ? key
            : string.Concat(key.Select(letter => letter is > ' ' and <= '~' ? letter.ToString() : Uri.EscapeDataString(letter.ToString())));
}
