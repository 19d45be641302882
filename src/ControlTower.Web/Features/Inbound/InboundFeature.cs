using ControlTower.Integrations.Open;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Inbound;

/// <summary>Signed facts from connectors.</summary>
internal sealed class InboundFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<InboundEndpoint>();

    /// <summary>The signatures replace a sign-in.</summary>
    public static void MapApi(RouteGroupBuilder api)
    {
        MapFacts(api);
        MapWebhooks(api);
    }

    private static void MapFacts(RouteGroupBuilder api) => api
        .MapPost("/inbound/{connector}", (string connector, HttpContext context, InboundEndpoint endpoint) =>
            endpoint.ReceiveAsync(InboundAddress.Facts, connector, context))
        .AllowAnonymous()
        .WithName("ReceiveFacts")
        .WithTags("Inbound")
        .WithSummary("Takes one CloudEvents event or a batch of at most 1,000, signed by Standard Webhooks.")
        .Takes<object>(OpenReceiver.Event, OpenReceiver.Batch)
        .Produces<InboundAnswer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static void MapWebhooks(RouteGroupBuilder api) => api
        .MapPost("/webhooks/{connector}", (string connector, HttpContext context, InboundEndpoint endpoint) =>
            endpoint.ReceiveAsync(InboundAddress.Webhooks, connector, context))
        .AllowAnonymous()
        .WithName("ReceiveWebhook")
        .WithTags("Inbound")
        .WithSummary("Takes a vendor's webhook, verified by the rules of the connector's kind.")
        .Takes<object>("application/json")
        .Produces<InboundAnswer>()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
