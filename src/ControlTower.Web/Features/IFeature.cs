namespace ControlTower.Web.Features;

/// <summary>What a feature brings: its services, and its part of the REST API. Its pages are found by their routes.</summary>
internal interface IFeature
{
    /// <summary>Registers what its pages and endpoints need.</summary>
    static abstract void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>
    /// Maps its endpoints under <c>/api/v1</c>. The group requires a signed-in person or an API key; a feature that
    /// requires more (<c>RequireAuthorization(Rights.Person)</c>) or less (<c>AllowAnonymous()</c>) states it.
    /// </summary>
    static abstract void MapApi(RouteGroupBuilder api);
}
