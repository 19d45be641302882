using ControlTower.Core.Connectors;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.Connectors;

/// <summary>Registering, pausing and polling connectors, for machines; and the loop that polls.</summary>
internal sealed class ConnectorsApiFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ConnectorQueries>();
        services.AddPolling();
    }

    public static void MapApi(RouteGroupBuilder api)
    {
        var connectors = api.MapGroup("/connectors").WithTags("Connectors");
        connectors.MapGet("", ConnectorEndpoints.ListAsync).RequireAuthorization(Rights.SeeConnectors).WithName("ListConnectors");
        connectors.MapGet("/{name}", ConnectorEndpoints.GetAsync).RequireAuthorization(Rights.SeeConnectors).WithName("GetConnector");
        connectors.MapPut("/{name}", ConnectorEndpoints.PutAsync).RequireAuthorization(Rights.Administer).WithName("PutConnector")
            .Takes<ConnectorRegistration>("application/json")
            .Produces<ConnectorAnswer>().Produces<ConnectorAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        connectors.MapPost("/{name}/pause", ConnectorEndpoints.PauseAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("PauseConnector");
        connectors.MapPost("/{name}/resume", ConnectorEndpoints.ResumeAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("ResumeConnector");
        connectors.MapPost("/{name}/poll", ConnectorEndpoints.PollAsync)
            .RequireAuthorization(Rights.PollConnectors)
            .WithName("PollConnector");

        connectors.MapPost("/{name}/test", ConnectorEndpoints.TestAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("TestConnector").Produces<TestResult>();
        connectors.MapPost("/{name}/position", ConnectorEndpoints.SetPositionAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("SetConnectorPosition");
        connectors.MapGet("/{name}/codes", CodeEndpoints.ListAsync)
            .RequireAuthorization(Rights.SeeConnectors)
            .WithName("ListCodes")
            .Produces<CodeList>();
        connectors.MapPut("/{name}/codes", CodeEndpoints.PutAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("PutCode")
            .Produces<CodeMapped>();
        connectors.MapDelete("/{name}/codes", CodeEndpoints.DeleteAsync)
            .RequireAuthorization(Rights.OperateConnectors)
            .WithName("DeleteCode");
        connectors.MapGet("/{name}/codes/unmapped", CodeEndpoints.UnmappedAsync)
            .RequireAuthorization(Rights.SeeConnectors)
            .WithName("ListUnmappedCodes").Produces<WaitingList>();
        api.MapGet("/connector-kinds", ConnectorEndpoints.Kinds)
            .RequireAuthorization(Rights.SeeConnectors)
            .WithTags("Connectors")
            .WithName("ListConnectorKinds");

        var modes = api.MapGroup("/modes").WithTags("Modes");
        modes.MapGet("", ModeEndpoints.ListAsync).RequireAuthorization(Rights.SeeConnectors).WithName("ListModes");
        modes.MapPut("", ModeEndpoints.PutAsync).RequireAuthorization(Rights.Administer).WithName("PutModes");
    }
}
