using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Testing.Vendors;

/// <summary>An error of one request, before, instead of or after its effect.</summary>
public enum VendorFailure
{
    /// <summary>429 with <c>Retry-After: 7</c>; no effect.</summary>
    Throttled,

    /// <summary>500; no effect. A system that keeps answers with keys keeps this one.</summary>
    Fails,

    /// <summary>
    /// The effect happens, and the answer is 500. A system that keeps answers with keys keeps this one.
    /// </summary>
    FailsAfter,

    /// <summary>The effect happens, and the connection is lost before the answer.</summary>
    LosesAnswer,

    /// <summary>The effect happens, and the answer never comes.</summary>
    HangsAfter,

    /// <summary>The effect happens, and the answer breaks off in the middle.</summary>
    BreaksOff,

    /// <summary>No effect, no answer.</summary>
    Hangs,
}

/// <summary>
/// A vendor on a port of this machine: it keeps requests, injects errors, and the double makes the answers.
/// </summary>
internal abstract class VendorServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Where, VendorFailure What)> _mishaps = new();
    private readonly ConcurrentDictionary<string, string> _stuck = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _hanging;

    public ConcurrentQueue<PartnerCall> Calls { get; } = new();

    /// <summary>Locked while a request has its effect; other readers and writers of the books take it too.</summary>
    public Lock Books { get; } = new();

    /// <summary>Requests that had their effect and hang, or hung.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    public string BaseUrl => _app!.Urls.First();

    /// <summary>The next request whose <c>METHOD /path</c> contains the text gets this error.</summary>
    public void Arrange(string where, VendorFailure what) => _mishaps.Enqueue((where, what));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>
    /// The next request of an order whose <c>METHOD /path</c> contains the text hangs after its effect. All other
    /// changes to this order hang without an effect, so that it stays at this step however often it is tried again,
    /// until <see cref="LetGo"/>.
    /// </summary>
    public void Stick(string order, string where) => _stuck[order] = where;

    public void LetGo() => _stuck.Clear();

    protected async Task OpenAsync() => _app = await LoopbackHost.StartAsync(app => app.Run(HandleAsync));

    /// <summary>The order that a request would change, when it is known.</summary>
    protected virtual string? OrderOf(PartnerCall call) => null;

    /// <summary>Executes the request and returns the answer.</summary>
    protected abstract Reply Answer(PartnerCall call, VendorFailure? mishap);

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = new PartnerCall(
            context.Request.Method, context.Request.Path,
            context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
            context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray()));
        Calls.Enqueue(call);
        await WriteAsync(context, call, Next(call));
    }

    private Reply Do(PartnerCall call, VendorFailure? mishap)
    {
        lock (Books)
        {
            return Answer(call, mishap);
        }
    }

    private static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private VendorFailure? Next(PartnerCall call)
    {
        if (Stuck(call) is { } stuck)
        {
            return stuck;
        }

        if (_mishaps.TryPeek(out var next) && $"{call.Method} {call.Path}".Contains(next.Where, StringComparison.Ordinal)
            && _mishaps.TryDequeue(out _))
        {
            return next.What;
        }

        return null;
    }

    private VendorFailure? Stuck(PartnerCall call)
    {
        lock (Books)
        {
            if (_stuck.IsEmpty || OrderOf(call) is not { } order || !_stuck.TryGetValue(order, out var where))
            {
                return null;
            }

            if (where.Length == 0)
            {
                return VendorFailure.Hangs;
            }

            if (!$"{call.Method} {call.Path}".Contains(where, StringComparison.Ordinal))
            {
                return null;
            }

            _stuck[order] = "";
            return VendorFailure.HangsAfter;
        }
    }

    private async Task WriteAsync(HttpContext context, PartnerCall call, VendorFailure? mishap)
    {
        switch (mishap)
        {
            case VendorFailure.Throttled:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "7";
                await context.Response.WriteAsync("""{"error":{"code":"rate_limit","message":"Too many requests"}}""");
                return;
            case VendorFailure.Hangs:
                await HangAsync(context);
                return;
        }

        var reply = Do(call, mishap);
        if (mishap == VendorFailure.HangsAfter)
        {
            Interlocked.Increment(ref _hanging);
            await HangAsync(context);
            return;
        }

        if (mishap == VendorFailure.LosesAnswer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        if (reply.IsReplayed)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }

        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(mishap == VendorFailure.BreaksOff ? bytes.AsMemory(0, bytes.Length / 2) : bytes);
        if (mishap == VendorFailure.BreaksOff)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }
}

internal sealed record PartnerCall(
    string Method, string Path, IReadOnlyDictionary<string, string?[]> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Of(string name) => Query.TryGetValue(name, out var values) ? values[0] : null;
}

internal sealed record Reply(int Status, string Body, bool IsReplayed = false);
