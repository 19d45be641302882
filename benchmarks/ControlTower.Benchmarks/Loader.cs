using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Benchmarks;

/// <summary>Posts signed batches, in the workload's order per connector, several at once.</summary>
internal sealed class Loader(HttpClient http, string secret, BenchmarkOptions options)
{
    private readonly byte[] _secret = Convert.FromBase64String(secret["whsec_".Length..]);
    private long _sent;

    public long Sent => Interlocked.Read(ref _sent);

    public async Task RunAsync(IReadOnlyList<OutgoingFact> facts, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var requests = Requests(facts);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, options.Senders).Select(_ => SendAsync()));

        async Task SendAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i < requests.Count)
            {
                await PaceAsync(clock, (long)i * options.Batch, cancellation);
                await PostAsync(requests[i].Connector, requests[i].Events, i, cancellation);
                Interlocked.Add(ref _sent, requests[i].Events.Count);
            }
        }
    }

    private List<(string Connector, List<byte[]> Events)> Requests(IReadOnlyList<OutgoingFact> facts)
    {
        var open = new Dictionary<string, List<byte[]>>();
        var requests = new List<(string, List<byte[]>)>();
        foreach (var fact in facts)
        {
            var events = open.TryGetValue(fact.Connector, out var waiting) ? waiting : open[fact.Connector] = [];
            events.Add(fact.Json);
            if (events.Count == options.Batch)
            {
                requests.Add((fact.Connector, events));
                open.Remove(fact.Connector);
            }
        }

        requests.AddRange(open.Select(rest => (rest.Key, rest.Value)));
        return requests;
    }

    private async Task PaceAsync(Stopwatch clock, long before, CancellationToken cancellation)
    {
        if (options.Rate > 0 && TimeSpan.FromSeconds((double)before / options.Rate) - clock.Elapsed is { Ticks: > 0 } early)
        {
            await Task.Delay(early, cancellation);
        }
    }

    private async Task PostAsync(string connector, List<byte[]> events, int number, CancellationToken cancellation)
    {
        var body = Join(events);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/inbound/" + connector) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
            Sign(request, body, FormattableString.Invariant($"bench-{number}"));
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return;
            }

            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                throw new InvalidOperationException($"{connector} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
            }
        }
    }

    private void Sign(HttpRequestMessage request, byte[] body, string id)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new byte[Encoding.UTF8.GetByteCount(id) + timestamp.Length + 2 + body.Length];
        var length = Encoding.UTF8.GetBytes(id + "." + timestamp + ".", signed);
        body.CopyTo(signed.AsSpan(length));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, signed.AsSpan(0, length + body.Length))));
    }

    private static byte[] Join(List<byte[]> events)
    {
        using var stream = new MemoryStream(events.Sum(e => e.Length + 1) + 2);
        for (var i = 0; i < events.Count; i++)
        {
            stream.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            stream.Write(events[i]);
        }

        stream.WriteByte((byte)']');
        return stream.ToArray();
    }
}
