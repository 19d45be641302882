using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>
/// A minimal tower: it takes facts in any order, wants what is missing, and sends each command until it has an answer.
/// A rejected command it sends once more under a new key, as after a replay.
/// </summary>
internal sealed class FakeTower : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Interval of the polls, and wait after a refusal without <c>Retry-After</c>.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
    private readonly ConcurrentDictionary<string, LandscapeConnector> _connectors = new();
    private readonly ConcurrentDictionary<string, string> _seen = new();
    private readonly ConcurrentDictionary<string, Task> _commands = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private ServiceHost? _host;
    private Task? _polling;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => new(_host!.Address + "/");

    public FakeTowerMind Mind { get; } = new();

    /// <summary>Events that were repeated with the same content.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Errors: other content under a known id, or an unexpected answer.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>How many commands were answered with 422, by reason code.</summary>
    public ConcurrentDictionary<string, int> Rejections { get; } = new();

    /// <summary>Sends that were repeated under the same key, after a lost answer or a temporary refusal.</summary>
    public int Repeats { get; private set; }

    public static async Task<FakeTower> Start()
    {
        var tower = new FakeTower();
        tower._host = await ServiceHost.Open(0, application => application.MapPost("/api/v1/inbound/{connector}", tower.Receive));
        return tower;
    }

    /// <summary>Reads the landscape file and begins to poll the connectors that are polled.</summary>
    public void Register(string landscapeFile)
    {
        var landscape = JsonSerializer.Deserialize<LandscapeFile>(File.ReadAllBytes(landscapeFile), Json.Options)!;
        foreach (var connector in landscape.Connectors)
        {
            _connectors[connector.Name] = connector;
        }

        lock (_gate)
        {
            _opened.TrySetResult();
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _polling ??= Poll("billing");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_commands.Values.Append(_polling ?? Task.CompletedTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host!.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>Sends a signed command and returns the unprocessed answer.</summary>
    public Task<HttpResponseMessage> Send(string connector, string kind, string key, JsonObject data)
    {
        var command = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = key,
            ["source"] = "urn:tower",
            ["type"] = $"tower.command.{kind}.v1",
            ["data"] = data.DeepClone(),
        };
        return Send(connector, HttpMethod.Post, $"/commands/{kind}", Encoding.UTF8.GetBytes(command.ToJsonString()), key);
    }

    private async Task Receive(HttpContext http)
    {
        var connector = (string)http.Request.RouteValues["connector"]!;
        var body = await http.Request.Bytes();
        if (!_connectors.TryGetValue(connector, out var known)
            || !http.Request.SignedWith(known.InboundSecret, body, DateTimeOffset.UtcNow))
        {
            http.Response.StatusCode = 401;
            return;
        }

        Take(connector, JsonSerializer.Deserialize<JsonElement[]>(body)!);
        http.Response.StatusCode = 202;
    }

    private void Take(string connector, JsonElement[] events)
    {
        lock (_gate)
        {
            foreach (var fact in events)
            {
                var (id, text) = ($"{connector}|{fact.GetProperty("id").GetString()}", fact.GetRawText());
                if (_seen.TryAdd(id, text))
                {
                    Mind.Take(connector, fact);
                    continue;
                }

                Duplicates++;
                if (_seen[id] != text)
                {
                    Faults.Enqueue($"other content under {id}: {text} for {_seen[id]}");
                }
            }

            SendWhatIsMissing();
        }
    }

    private void SendWhatIsMissing()
    {
        foreach (var wanted in Mind.Wanted())
        {
            _commands.GetOrAdd(wanted.Key, _ => Task.Run(() => Pursue(wanted, 1)));
        }
    }

    /// <summary>
    /// Sends a command until it has a final answer. It is sent again at once when the answer was lost, again when the
    /// landscape has restarted, else after the time that the answer asks for.
    /// </summary>
    private async Task Pursue(WantedCommand wanted, int number)
    {
        for (; !_stop.IsCancellationRequested; Repeats++)
        {
            var opened = NextOpening();
            try
            {
                using var answer = await Send(wanted.Connector, wanted.Kind, $"{wanted.Key}/{number}", wanted.Data);
                if ((int)answer.StatusCode < 500)
                {
                    await Conclude(wanted, number, answer.StatusCode, await answer.Content.ReadFromJson());
                    return;
                }

                await Until(opened, answer.Headers.RetryAfter?.Delta ?? Beat);
            }
            catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // No connection: the landscape is restarting, and announces when it is open.
                await Until(opened, Patience);
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // The answer was lost: the same is sent again.
            }
        }
    }

    private Task NextOpening()
    {
        lock (_gate)
        {
            return _opened.Task;
        }
    }

    /// <summary>Waits until the landscape is opened again, for this long at most, or until the run ends.</summary>
    private async Task Until(Task opened, TimeSpan atMost) =>
        await opened.WaitAsync(atMost, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task Conclude(WantedCommand wanted, int number, HttpStatusCode status, JsonElement body)
    {
        if (status == HttpStatusCode.OK)
        {
            Settle(wanted, body);
        }
        else if (status == HttpStatusCode.UnprocessableEntity && number == 1)
        {
            Rejections.AddOrUpdate(body.GetProperty("code").GetString()!, 1, (_, count) => count + 1);
            await Pursue(wanted, 2);
        }
        else
        {
            Faults.Enqueue($"{wanted.Key}/{number}: {(int)status} {body}");
        }
    }

    private void Settle(WantedCommand wanted, JsonElement answer)
    {
        lock (_gate)
        {
            Mind.Answered(wanted, answer);
            SendWhatIsMissing();
        }
    }

    private async Task Poll(string connector)
    {
        var cursor = "";
        using var beat = new PeriodicTimer(Beat);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await Send(
                    connector, HttpMethod.Get, $"/events?limit=500{(cursor.Length > 0 ? "&after=" + cursor : "")}", [], null);
                var page = await answer.Content.ReadFromJson();
                Take(connector, [.. page.GetProperty("events").EnumerateArray()]);
                cursor = page.GetProperty("next").GetString() ?? "";
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // The landscape is restarting; the next poll finds it.
            }

            await ((Task)beat.WaitForNextTickAsync(_stop.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HttpResponseMessage> Send(string connector, HttpMethod method, string path, byte[] body, string? key)
    {
        var (known, id, now) = (_connectors[connector], $"msg_{Guid.NewGuid():N}", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(method, known.BaseUrl + path);
        request.Content = body.Length > 0 ? new ByteArrayContent(body) : null;
        request.Headers.ConnectionClose = true;
        request.Headers.Add(StandardWebhooks.IdHeader, id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(known.OutboundSecret, id, now, body));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _http.SendAsync(request, _stop.Token);
    }
}
