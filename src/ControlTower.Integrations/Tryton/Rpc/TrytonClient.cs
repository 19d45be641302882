using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Tryton.Rpc;

/// <summary>
/// Implements Tryton's JSON-RPC: one session for all calls, signed in again once when Tryton no longer knows it (a call
/// that is refused with 401 was not begun).
/// </summary>
internal sealed class TrytonClient(
    ConnectorHttp http, string baseUrl, string user, string password, int company, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 32 * 1024 * 1024;
    private readonly string _address = baseUrl.TrimEnd('/') + "/";
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TrytonSession? _session;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The number of the user that is signed in; zero before the first call.</summary>
    public int UserId => _session?.UserId ?? 0;

    /// <summary>Calls a method with these parameters, followed by our context.</summary>
    /// <param name="mayWrite">Called just before the first byte of the call is written.</param>
    /// <param name="started">Called when writing begins: from then on the call may have its effect.</param>
    /// <exception cref="RpcException">There is no result.</exception>
    public async Task<JsonElement> CallAsync(
        string method, JsonArray parameters, CancellationToken cancellation, Func<bool>? mayWrite = null, Action? started = null)
    {
        var session = _session ?? await SignInAsync(null, cancellation);
        parameters.Add(new JsonObject { ["company"] = company });
        var (result, error) = await PostAsync(method, parameters, session, mayWrite, started, cancellation);
        if (error is { Kind: RpcErrorKind.Unauthorised })
        {
            session = await SignInAsync(session, cancellation);
            (result, error) = await PostAsync(method, parameters, session, mayWrite, started, cancellation);
        }

        return error is null ? result : throw new RpcException(error);
    }

    /// <summary>Reads records by their ids; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(
        string model, IReadOnlyCollection<long> ids, CancellationToken cancellation, params string[] fields)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        // By a search: read() of one record that was deleted meanwhile would fail for all of them.
        var domain = new JsonArray(new JsonArray("id", "in", new JsonArray([.. ids.Distinct().Order().Select(id => (JsonNode)id)])));
        return await SearchAsync(model, domain, ids.Count, fields, null, cancellation);
    }

    /// <summary>Searches and reads in one call, in the order of the ids.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(
        string model, JsonArray domain, int limit, IReadOnlyList<string> fields, JsonArray? order, CancellationToken cancellation)
    {
        var rows = await CallAsync(
            $"model.{model}.search_read",
            [domain, 0, limit, order ?? new JsonArray(new JsonArray("id", "ASC")),
                new JsonArray([.. fields.Select(field => (JsonNode)field)])],
            cancellation);
        return rows.ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray()] : throw NotAList(model);
    }

    /// <summary>Signs in now, whatever session there is.</summary>
    public Task<TrytonSession> SignInAsync(CancellationToken cancellation) => SignInAsync(_session, cancellation);

    public void Dispose() => _gate.Dispose();

    private static RpcException NotAList(string model) =>
        new(new RpcError(RpcErrorKind.Lost, "NOT_TRYTON", $"Tryton's answer to a search of {model} is no list."));

    /// <summary>Signs in unless another call did since <paramref name="refused"/> was given out.</summary>
    private async Task<TrytonSession> SignInAsync(TrytonSession? refused, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_session is { } current && current != refused)
            {
                return current;
            }

            _session = null;
            var parameters = new JsonArray(user, new JsonObject { ["password"] = password }, "en");
            var (result, error) = await PostAsync("common.db.login", parameters, null, null, null, cancellation);
            if (error is not null)
            {
                // Signing in has no effect on anything.
                throw new RpcException(error.Kind is RpcErrorKind.Lost ? error with { Kind = RpcErrorKind.NotSent } : error);
            }

            return _session = TrytonSession.From(user, result)
                ?? throw new RpcException(new RpcError(
                    RpcErrorKind.Unauthorised, "LOGIN", "Tryton's answer to the sign-in holds no session."));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<(JsonElement Result, RpcError? Error)> PostAsync(
        string method, JsonArray parameters, TrytonSession? session, Func<bool>? mayWrite, Action? started, CancellationToken cancellation)
    {
        // Exactly these three members: with another one Tryton answers without its envelope. One call is one request,
        // so the id carries no information, and the same call has the same bytes.
        var call = new JsonObject { ["id"] = 1, ["method"] = method, ["params"] = parameters.DeepClone() };
        using var content = new CommandContent(Encoding.UTF8.GetBytes(call.ToJsonString()), "application/json", mayWrite);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
            request.Headers.TryAddWithoutValidation("User-Agent", "control-tower/1");
            if (session is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Session", session.Key);
            }

            using var answer = await http.SendAsync(request, cancellation);
            var body = await BoundedBody.ReadAsync(answer.Content, LongestAnswer, cancellation);
            return RpcAnswer.Read(answer.StatusCode, body, RetryAfter.From(answer, time.GetUtcNow()));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            var seen = HttpAttempt.WithoutAnswer(failure, content.Started);
            var kind = seen.Outcome == SendOutcome.NotSent ? RpcErrorKind.NotSent : RpcErrorKind.Lost;
            return (default, new RpcError(kind, seen.Code!, seen.Detail!));
        }
        finally
        {
            if (content.Started)
            {
                started?.Invoke();
            }
        }
    }
}

/// <summary>A session of Tryton's. Its key is a secret.</summary>
internal sealed record TrytonSession(int UserId, string Key)
{
    /// <summary>Of the answer <c>[uid, "key"]</c>; null when it is something else.</summary>
    public static TrytonSession? From(string user, JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() == 2 && answer[0].ValueKind == JsonValueKind.Number && answer[0]
            .TryGetInt32(out var uid)
            && answer[1].ValueKind == JsonValueKind.String && answer[1].GetString() is { Length: > 0 } key
            ? new TrytonSession(uid, Convert.ToBase64String(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{user}:{uid}:{key}"))))
            : null;

    public override string ToString() => $"session of user {UserId}";
}
