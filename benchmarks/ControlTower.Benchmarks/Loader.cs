using System.Collections.Concurrent;
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

    /// <summary>How long each request took, in milliseconds; kept only on request.</summary>
    public ConcurrentBag<double>? Answers { get; init; }

    public async Task RunAsync(IEnumerable<OutgoingFact> facts, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var requests = Requests(facts).GetEnumerator();
        var (number, before) = (-1, 0L);
        await Task.WhenAll(Enumerable.Range(0, options.Senders).Select(_ => SendAsync()));

        async Task SendAsync()
        {
            while (Next() is { } next)
            {
                await PaceAsync(clock, next.Before, cancellation);
                var started = Stopwatch.GetTimestamp();
                await PostAsync(next.Connector, next.Events, next.Number, cancellation);
                Answers?.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                Interlocked.Add(ref _sent, next.Events.Count);
            }
        }

        (string Connector, List<byte[]> Events, int Number, long Before)? Next()
        {
            lock (requests)
            {
                if (!requests.MoveNext())
                {
                    return null;
                }

                var (connector, events) = requests.Current;
                before += events.Count;
                return (connector, events, ++number, before - events.Count);
            }
        }
    }

    private IEnumerable<(string Connector, List<byte[]> Events)> Requests(IEnumerable<OutgoingFact> facts)
    {
        var open = new Dictionary<string, List<byte[]>>();
        foreach (var fact in facts)
        {
            var events = open.TryGetValue(fact.Connector, out var waiting) ? waiting : open[fact.Connector] = [];
            events.Add(fact.Json);
            if (events.Count == options.Batch)
            {
                yield return (fact.Connector, events);
                open.Remove(fact.Connector);
            }
        }

        foreach (var rest in open)
        {
            yield return (rest.Key, rest.Value);
        }
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
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/inbound/" + connector)
                { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
            Sign(request, body, FormattableString.Invariant($"bench-{number}"));
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return;
            }

            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                throw new InvalidOperationException(
                    $"{connector} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
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
        request.Headers.Add(
            "webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, signed.AsSpan(0, length + body.Length))));
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
