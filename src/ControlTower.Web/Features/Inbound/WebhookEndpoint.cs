using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Webhooks;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Inbound;

/// <summary>
/// <c>POST /api/v1/webhooks/{connector}</c>: the vendor's own body and signature, judged by the connector's kind. 200 means that the events are committed; a
/// vendor that is answered anything else, or nothing, sends again, and what was stored then is a duplicate.
/// </summary>
internal sealed class WebhookEndpoint(ConnectorRegistry registry, ConnectorKinds kinds, InboxAcceptor inbox, ConnectorActivity activity, TowerClocks clocks)
{
    private const string NotVerified = "The connector is unknown or takes no webhooks, or the signature does not verify.";

    public async Task<IResult> ReceiveAsync(string name, HttpContext context)
    {
        if (await registry.FindAsync(name, context.RequestAborted) is not { } connector || kinds.WebhooksOf(connector.Record.Kind) is not { } receiver)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, NotVerified, "unauthorized");
        }

        if (await RequestBody.ReadAsync(context.Request, InboundBody.LargestBytes) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"The body is over {InboundBody.LargestBytes} bytes.", "too-large");
        }

        var result = receiver.Receive(new WebhookRequest(Headers(context.Request), body, connector.Credentials, connector.Settings, clocks.SystemNow));
        return result switch
        {
            { Events: { } events } => await TakeAsync(connector, events, context),
            { Refused: { } why } => Problems.Of(StatusCodes.Status422UnprocessableEntity, why, "not-readable"),
            _ => Problems.Of(StatusCodes.Status401Unauthorized, NotVerified, "unauthorized"),
        };
    }

    private async Task<IResult> TakeAsync(RegisteredConnector connector, IReadOnlyList<byte[]> raw, HttpContext context)
    {
        var events = new List<IncomingEvent>(raw.Count);
        foreach (var item in raw)
        {
            if (EventReading.Read(item, context.Request.Headers.TraceParent, out var error) is not { } read)
            {
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, $"What the webhook tells cannot be kept as an event: {error}", "not-readable");
            }

            events.Add(read);
        }

        if (events.Count > 0 && connector.InboundRate?.TryTake(events.Count) == false)
        {
            return InboundEndpoint.TooFast(context, connector.InboundRate, connector.InboundRate.Wait());
        }

        // Once it is being stored, a caller who hangs up changes nothing.
        var result = await inbox.AcceptAsync(connector.Name, events, CancellationToken.None);
        activity.Received(connector.Name);
        return TypedResults.Json(new InboundAnswer(result.Accepted, result.Duplicates), ApiJson.Options, statusCode: StatusCodes.Status200OK);
    }

    private static Dictionary<string, string> Headers(HttpRequest request) => request.Headers
        .Where(header => header.Value is [{ }])
        .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
