using System.Collections.Concurrent;
using System.Text.Json;
using ControlTower.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>Stands between tower and Tryton. What Tryton did is done; of the methods that were named the first answer
/// never comes back.</summary>
internal sealed class TrytonProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, byte> _toLose;

    private TrytonProxy(WebApplication app, Uri tryton, IEnumerable<string> toLose)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = tryton };
        _toLose = new ConcurrentDictionary<string, byte>(toLose.Select(method => KeyValuePair.Create(method, (byte)0)));
    }

    public ConcurrentQueue<string> Lost { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public Uri Address => new(_app.Urls.First() + "/");

    public static async Task<TrytonProxy> StartAsync(Uri tryton, params string[] toLose)
    {
        TrytonProxy? proxy = null;
        var app = await LoopbackHost.StartAsync(app => app.Run(context => proxy!.CarryAsync(context)));
        return proxy = new TrytonProxy(app, tryton, toLose);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task CarryAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var method = JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("method").GetString()!;
        Calls.Enqueue(method);
        using var request = new HttpRequestMessage(HttpMethod.Post, context.Request.Path.Value!.TrimStart('/'))
            { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using var answer = await _http.SendAsync(request);
        if (_toLose.TryRemove(method, out _))
        {
            Lost.Enqueue(method);
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
