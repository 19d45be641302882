using System.Collections.Concurrent;
using ControlTower.Integrations.Open;
using ControlTower.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Open;

/// <summary>
/// A system that speaks the open connector, on a port of its own. It keeps the requests it received and answers as the
/// test defines.
/// </summary>
internal sealed class Partner : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Partner(WebApplication app) => _app = app;

    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public ConcurrentQueue<PartnerRequest> Requests { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = context => JsonAsync(context, 200, """{"externalId":"X-1"}""");

    public string BaseUrl => _app.Urls.First();

    public static async Task<Partner> StartAsync()
    {
        Partner? partner = null;
        var app = await LoopbackHost.StartAsync(app => app.Run(context => partner!.HandleAsync(context)));
        return partner = new Partner(app);
    }

    public static Task JsonAsync(HttpContext context, int status, string json, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(json);
    }

    public static Task ProblemAsync(HttpContext context, int status, string json) =>
        JsonAsync(context, status, json, "application/problem+json");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Requests.Enqueue(new PartnerRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        context.Items[nameof(Partner)] = body.ToArray();
        await Answer(context);
    }
}

internal sealed record PartnerRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsSigned(byte[] key, DateTimeOffset now) => StandardWebhooks.Verify(
        [key], Headers[StandardWebhooks.IdHeader], Headers[StandardWebhooks.TimestampHeader], Headers[StandardWebhooks.SignatureHeader],
        Body, now);
}
