using System.Globalization;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>Ways in which a system answers, or fails to.</summary>
internal static class FaultyAnswers
{
    /// <summary>Time-outs of a second, no repeats, a breaker that stays closed.</summary>
    public static PipelineOptions Quick { get; } = new() { TimeoutSeconds = 1, RepeatsOfNotSent = 0, BreakerFailures = 100 };

    public static Task StatusAsync(HttpContext context, int status) => Partner.JsonAsync(context, status, "{}");

    public static Task BusyAsync(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return StatusAsync(context, 429);
    }

    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>The request was read completely, and the connection ends before an answer.</summary>
    public static Task LoseAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Half of what the system would have answered, then the end of the connection.</summary>
    public static async Task HalfAsync(HttpContext context, Func<HttpContext, Task> well)
    {
        var wire = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await well(context);
        context.Response.Body = wire;
        context.Response.ContentLength = Math.Max(2, whole.Length);
        await wire.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2));
        await wire.FlushAsync();
        context.Abort();
    }
}
