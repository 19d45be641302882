using System.Collections.Concurrent;
using ControlTower.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// A partner of the open connector that keeps books: one effect per Idempotency-Key, serialised, however often a
/// request comes. A test makes it fail before the effect, or between the effect and its answer.
/// </summary>
internal sealed class BookkeepingPartner : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Lazy<string>> _effects = new(StringComparer.Ordinal);
    private int _requests;

    private BookkeepingPartner(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.First();

    /// <summary>How many requests came under each key.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Every body that came under a key.</summary>
    public ConcurrentBag<(string Key, string Body)> Bodies { get; } = [];

    public IReadOnlyCollection<string> Effects => [.. _effects.Where(effect => effect.Value.IsValueCreated).Select(effect => effect.Key)];

    /// <summary>What it booked under each key.</summary>
    public IReadOnlyDictionary<string, string> Books =>
        _effects.Where(effect => effect.Value.IsValueCreated).ToDictionary(effect => effect.Key, effect => effect.Value.Value);

    /// <summary>
    /// Answers in the partner's place before any effect; false lets the effect happen. Gets the number of the request,
    /// from 1.
    /// </summary>
    public Func<HttpContext, int, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Loses or damages the answer after the effect; false answers normally.</summary>
    public Func<HttpContext, int, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Answers <c>GET /events</c>.</summary>
    public Func<HttpContext, Task> Events { get; set; } = context => context.Response.WriteAsync("""{"events":[]}""");

    public static async Task<BookkeepingPartner> StartAsync()
    {
        BookkeepingPartner? partner = null;
        var app = await LoopbackHost.StartAsync(app =>
        {
            app.MapPost("/commands/{kind}", context => partner!.TakeAsync(context));
            app.MapGet("/events", context => partner!.Events(context));
        });
        return partner = new BookkeepingPartner(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        using var reader = new StreamReader(context.Request.Body);
        Bodies.Add((key, await reader.ReadToEndAsync()));
        Asked.AddOrUpdate(key, 1, (_, times) => times + 1);
        var number = Interlocked.Increment(ref _requests);
        if (await Before(context, number))
        {
            return;
        }

        var externalId = _effects.GetOrAdd(key, _ => new Lazy<string>(() => $"X-{number}")).Value;
        if (!await After(context, number))
        {
            await context.Response.WriteAsJsonAsync(new { externalId });
        }
    }
}
