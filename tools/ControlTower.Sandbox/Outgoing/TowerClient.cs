using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Outgoing;

/// <summary>Delivers batches of events to the tower, repeatedly until it has taken them.</summary>
/// <param name="tell">Receives the message that the tower does not take them.</param>
internal sealed class TowerClient(Uri tower, Secrets secrets, TimeProvider system, Action<string> tell) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly MediaTypeHeaderValue Batch = new("application/cloudevents-batch+json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Returns when the tower has answered 202; waits and repeats otherwise.</summary>
    public async Task Deliver(string connector, byte[] body, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var (taken, why, wait) = await Try(connector, body, stop);
            if (taken)
            {
                return;
            }

            if (attempt is 20 or 200 || (attempt == 1 && why.StartsWith("422", StringComparison.Ordinal)))
            {
                tell($"{connector}: the tower has not taken {body.Length} bytes of facts after {attempt} attempts ({why}); still trying.");
            }

            await Task.Delay(wait ?? pause, system, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(bool Taken, string Why, TimeSpan? Wait)> Try(string connector, byte[] body, CancellationToken stop)
    {
        try
        {
            using var request = Signed(connector, body);
            using var response = await _http.SendAsync(request, stop);
            return response.StatusCode == HttpStatusCode.Accepted
                ? (true, "", null)
                : (false, $"{(int)response.StatusCode} {await Short(response, stop)}", response.Headers.RetryAfter?.Delta);
        }
        // A bare SocketException comes from a connection that was reset right after it was made.
        catch (Exception error) when (error is HttpRequestException or SocketException or TaskCanceledException
            && !stop.IsCancellationRequested)
        {
            return (false, error.Message, null);
        }
    }

    private static async Task<string> Short(HttpResponseMessage response, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        return text.Length > 300 ? text[..300] : text;
    }

    private HttpRequestMessage Signed(string connector, byte[] body)
    {
        var (id, timestamp) = ($"msg_{Guid.NewGuid():N}", system.GetUtcNow().ToUnixTimeSeconds());
        var content = new ByteArrayContent(body) { Headers = { ContentType = Batch } };
        return new HttpRequestMessage(HttpMethod.Post, new Uri(tower, $"api/v1/inbound/{connector}"))
        {
            Content = content,
            Headers =
            {
                { StandardWebhooks.IdHeader, id },
                { StandardWebhooks.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture) },
                { StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(secrets.Of(connector).Inbound, id, timestamp, body) },
            },
        };
    }
}
