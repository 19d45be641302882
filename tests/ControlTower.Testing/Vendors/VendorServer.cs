using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Testing.Vendors;

/// <summary>What goes wrong with one request, before, instead of or after its effect.</summary>
public enum Mishap
{
    /// <summary>429 with <c>Retry-After: 7</c>; no effect.</summary>
    Throttled,

    /// <summary>500; no effect. Whoever keeps answers with keys keeps this one.</summary>
    Fails,

    /// <summary>It has its effect, and the answer is 500. Whoever keeps answers with keys keeps this one.</summary>
    FailsAfter,

    /// <summary>It has its effect, and the connection is lost before the answer.</summary>
    LosesAnswer,

    /// <summary>It has its effect, and the answer never comes.</summary>
    HangsAfter,

    /// <summary>It has its effect, and the answer breaks off in the middle.</summary>
    BreaksOff,

    /// <summary>No effect, no answer.</summary>
    Hangs,
}

/// <summary>A vendor on a port of this machine: requests are kept, mishaps are arranged, answers are made by the double.</summary>
internal abstract class VendorServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Where, Mishap What)> _mishaps = new();
    private readonly ConcurrentDictionary<string, string> _stuck = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _hanging;

    public ConcurrentQueue<PartnerCall> Calls { get; } = new();

    /// <summary>Held while a request has its effect; whoever reads or changes the books meanwhile takes it.</summary>
    public Lock Books { get; } = new();

    /// <summary>Requests that had their effect and hang, or hung.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    public string BaseUrl => _app!.Urls.First();

    /// <summary>The next request whose <c>METHOD /path</c> contains the text meets the mishap.</summary>
    public void Arrange(string where, Mishap what) => _mishaps.Enqueue((where, what));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>
    /// The next request of an order whose <c>METHOD /path</c> contains the text hangs after its effect, and whatever else would change the books for this order hangs
    /// without one, so that it stands at this step however often it is tried again, until <see cref="LetGo"/>.
    /// </summary>
    public void Stick(string order, string where) => _stuck[order] = where;

    public void LetGo() => _stuck.Clear();

    protected async Task OpenAsync() => _app = await LoopbackHost.StartAsync(app => app.Run(HandleAsync));

    /// <summary>The order that a request would change something of, when it is known.</summary>
    protected virtual string? OrderOf(PartnerCall call) => null;

    /// <summary>Does what is asked and says what to answer.</summary>
    protected abstract Reply Answer(PartnerCall call, Mishap? mishap);

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = new PartnerCall(
            context.Request.Method, context.Request.Path, context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
            context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetString(body.ToArray()));
        Calls.Enqueue(call);
        await WriteAsync(context, call, Next(call));
    }

    private Reply Do(PartnerCall call, Mishap? mishap)
    {
        lock (Books)
        {
            return Answer(call, mishap);
        }
    }

    private static Task HangAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private Mishap? Next(PartnerCall call)
    {
        if (Stuck(call) is { } stuck)
        {
            return stuck;
        }

        if (_mishaps.TryPeek(out var next) && $"{call.Method} {call.Path}".Contains(next.Where, StringComparison.Ordinal) && _mishaps.TryDequeue(out _))
        {
            return next.What;
        }

        return null;
    }

    private Mishap? Stuck(PartnerCall call)
    {
        lock (Books)
        {
            if (_stuck.IsEmpty || OrderOf(call) is not { } order || !_stuck.TryGetValue(order, out var where))
            {
                return null;
            }

            if (where.Length == 0)
            {
                return Mishap.Hangs;
            }

            if (!$"{call.Method} {call.Path}".Contains(where, StringComparison.Ordinal))
            {
                return null;
            }

            _stuck[order] = "";
            return Mishap.HangsAfter;
        }
    }

    private async Task WriteAsync(HttpContext context, PartnerCall call, Mishap? mishap)
    {
        switch (mishap)
        {
            case Mishap.Throttled:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "7";
                await context.Response.WriteAsync("""{"error":{"code":"rate_limit","message":"Too many requests"}}""");
                return;
            case Mishap.Hangs:
                await HangAsync(context);
                return;
        }

        var reply = Do(call, mishap);
        if (mishap == Mishap.HangsAfter)
        {
            Interlocked.Increment(ref _hanging);
            await HangAsync(context);
            return;
        }

        if (mishap == Mishap.LosesAnswer)
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
        await context.Response.Body.WriteAsync(mishap == Mishap.BreaksOff ? bytes.AsMemory(0, bytes.Length / 2) : bytes);
        if (mishap == Mishap.BreaksOff)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }
}

internal sealed record PartnerCall(string Method, string Path, IReadOnlyDictionary<string, string?[]> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Of(string name) => Query.TryGetValue(name, out var values) ? values[0] : null;
}

internal sealed record Reply(int Status, string Body, bool IsReplayed = false);
