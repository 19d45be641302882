using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlTower.Benchmarks;

/// <summary>
/// All systems at once: takes every command, answers at once, and counts keys so that a double effect would show.
/// </summary>
internal sealed class Partner : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Times, DateTimeOffset At)> _keys = new();

    private Partner(WebApplication app) => _app = app;

    public string BaseUrl => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public int Commands => _keys.Count;

    public int Repeated => _keys.Values.Count(seen => seen.Times > 1);

    /// <summary>When each key came first.</summary>
    public IEnumerable<(string Key, DateTimeOffset At)> Arrivals => _keys.Select(pair => (pair.Key, pair.Value.At));

    public static async Task<Partner> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var partner = new Partner(app);
        app.MapPost("/commands/{kind}", partner.TakeAsync);
        await app.StartAsync();
        return partner;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string kind, HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        _keys.AddOrUpdate(key, (1, DateTimeOffset.UtcNow), static (_, seen) => (seen.Times + 1, seen.At));
        using var body = await JsonDocument.ParseAsync(request.Body);
        return Results.Json(new { externalId = ExternalId(kind, body.RootElement.GetProperty("data").GetProperty("references")) });
    }

    /// <summary>The number that the facts of the workload use for the same document.</summary>
    private static string? ExternalId(string kind, JsonElement references)
    {
        var number = references.GetProperty("order").GetString()![3..];
        return kind switch
        {
            "release-fulfilment" => "F-" + number,
            "tender-shipment" => "L-" + number,
            "post-goods-issue" => "GI-" + number,
            "create-invoice" => "INV-" + number,
            "post-invoice" => "P-" + number,
            _ => null,
        };
    }
}
