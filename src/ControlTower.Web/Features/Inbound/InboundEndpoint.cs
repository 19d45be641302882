using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Inbound;

/// <summary>
/// What connectors receive, at either address. Whoever cannot sign learns only that; nothing of theirs is read further,
/// and nothing stored. A success
/// request is read, and nothing stored. A success means that the events are committed.
/// </summary>
internal sealed class InboundEndpoint(
    ConnectorRegistry registry, ConnectorKinds kinds, InboxAcceptor inbox, ConnectorActivity activity, TowerClocks clocks)
{
    public async Task<IResult> ReceiveAsync(InboundAddress address, string name, HttpContext context)
    {
        var (now, header) = (clocks.SystemNow, HeaderOf(context.Request));
        if (await registry.FindAsync(name, context.RequestAborted) is not { } connector
            || kinds.ReceiverOf(connector.Record.Kind, address.Route) is not { } receiver || !receiver.MayBeGenuine(header, now))
        {
            return Unauthorised(address);
        }

        var mediaType = InboundContentType.Match(context.Request.ContentType, receiver.MediaTypes);
        if (mediaType is null && receiver.MediaTypes.Count > 0)
        {
            return Problems.From(StatusCodes.Status415UnsupportedMediaType,
                $"Send {string.Join(" or ", receiver.MediaTypes)}, in UTF-8.", "unsupported-media-type");
        }

        if (await RequestBody.ReadAsync(context.Request, InboundAddress.LargestBytes) is not { } body)
        {
            return Problems.From(StatusCodes.Status413PayloadTooLarge, address.TooLarge, "too-large");
        }

        var request = new InboundRequest(header, body, connector.Credentials, connector.InboundKeys(now), now)
        {
            MediaType = mediaType,
            TraceParent = context.Request.Headers.TraceParent,
        };
        return receiver.IsGenuine(request) ? await TakeAsync(address, connector, receiver, request, context) : Unauthorised(address);
    }

    private async Task<IResult> TakeAsync(
        InboundAddress address, RegisteredConnector connector, IInboundReceiver receiver, InboundRequest request, HttpContext context)
    {
        if (connector.InboundRate is { } rate && rate.Wait() is var wait && wait > TimeSpan.Zero)
        {
            return TooFast(context, rate, wait);
        }

        var result = receiver.Read(request);
        if (result.Events is not { } events)
        {
            return Problems.From(StatusCodes.Status422UnprocessableEntity, result.Error!, address.UnreadableCode);
        }

        if (events.Count > 0 && connector.InboundRate?.TryTake(events.Count) == false)
        {
            return TooFast(context, connector.InboundRate, connector.InboundRate.Wait());
        }

        // Once it is being stored, a caller who disconnects changes nothing.
        var stored = await inbox.AcceptAsync(connector.Name, events, CancellationToken.None);
        activity.Received(connector.Name);
        return TypedResults.Json(new InboundAnswer(stored.Accepted, stored.Duplicates), ApiJson.Options, statusCode: address.StoredStatus);
    }

    private static Func<string, string?> HeaderOf(HttpRequest request) => name => request.Headers[name] is [{ } value] ? value : null;

    private static IResult Unauthorised(InboundAddress address) =>
        Problems.From(StatusCodes.Status401Unauthorized, address.NotVerified, "unauthorized");

    private static IResult TooFast(HttpContext context, TokenBucket rate, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = FormattableString.Invariant($"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}");
        return Problems.From(
            StatusCodes.Status429TooManyRequests,
            $"More than {rate.PerSecond} facts a second; come back as Retry-After says.",
            "too-many-requests");
    }
}
