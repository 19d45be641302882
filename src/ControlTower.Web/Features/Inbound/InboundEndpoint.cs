using ControlTower.Core.Connectors;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Inbound;

/// <summary>
/// <c>POST /api/v1/inbound/{connector}</c>. Whoever cannot sign learns only that; nothing of theirs is read further, and nothing stored. 202 means that the
/// events are committed.
/// </summary>
internal sealed class InboundEndpoint(ConnectorRegistry registry, InboxAcceptor inbox, ConnectorActivity activity, TowerClocks clocks)
{
    private const string NotVerified = "The connector is unknown, the signature does not verify, or the timestamp is more than 5 minutes off.";

    public async Task<IResult> ReceiveAsync(string name, HttpContext context)
    {
        var headers = WebhookHeaders.Of(context.Request);
        var now = clocks.SystemNow;
        if (await registry.FindAsync(name, context.RequestAborted) is not { } connector || !headers.AreCurrent(now))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, NotVerified, "unauthorized");
        }

        if (InboundContentType.IsBatch(context.Request.ContentType) is not { } isBatch)
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, $"Send {InboundContentType.Event} or {InboundContentType.Batch}, in UTF-8.", "unsupported-media-type");
        }

        if (await RequestBody.ReadAsync(context.Request, InboundBody.LargestBytes) is not { } body)
        {
            return Problems.Of(
                StatusCodes.Status413PayloadTooLarge, $"The body is over {InboundBody.LargestBytes} bytes; send smaller batches.", "too-large");
        }

        return headers.Verify(connector.InboundKeys(now), body.Span, now)
            ? await TakeAsync(connector, body, isBatch, context)
            : Problems.Of(StatusCodes.Status401Unauthorized, NotVerified, "unauthorized");
    }

    private async Task<IResult> TakeAsync(RegisteredConnector connector, ReadOnlyMemory<byte> body, bool isBatch, HttpContext context)
    {
        if (connector.InboundRate is { } rate && rate.Wait() is var wait && wait > TimeSpan.Zero)
        {
            return TooFast(context, rate, wait);
        }

        if (InboundBody.Read(body, isBatch, context.Request.Headers.TraceParent, out var events) is { } error)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, error, "not-cloudevents");
        }

        if (connector.InboundRate?.TryTake(events.Count) == false)
        {
            return TooFast(context, connector.InboundRate, connector.InboundRate.Wait());
        }

        // Once it is being stored, a caller who hangs up changes nothing.
        var result = await inbox.AcceptAsync(connector.Name, events, CancellationToken.None);
        activity.Received(connector.Name);
        return TypedResults.Json(new InboundAnswer(result.Accepted, result.Duplicates), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    internal static IResult TooFast(HttpContext context, TokenBucket rate, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = FormattableString.Invariant($"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}");
        return Problems.Of(StatusCodes.Status429TooManyRequests, $"More than {rate.PerSecond} facts a second; come back as Retry-After says.", "too-many-requests");
    }
}
