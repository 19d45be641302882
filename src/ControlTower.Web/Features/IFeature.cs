namespace ControlTower.Web.Features;

/// <summary>What a feature brings: its services, and its part of the REST API. Its pages are found by their routes.</summary>
internal interface IFeature
{
    /// <summary>Registers what its pages and endpoints need.</summary>
    static abstract void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>
    /// Maps its endpoints under <c>/api/v1</c>. The group asks for a signed-in person or an API key; whoever needs more says so
    /// (<c>RequireAuthorization(Rights.Person)</c>), whoever needs less too (<c>AllowAnonymous()</c>).
    /// </summary>
    static abstract void MapApi(RouteGroupBuilder api);
}
