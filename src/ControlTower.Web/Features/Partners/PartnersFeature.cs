using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.Partners;

/// <summary>Trading partners: what was agreed with each, and the files in their folders.</summary>
internal sealed class PartnersFeature : IFeature
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IPartnerList, PartnerList>();

    public static void MapApi(RouteGroupBuilder api) => api
        .MapGet("/partners",
            async (IPartnerList partners, CancellationToken cancellation) => TypedResults.Ok(await partners.AllAsync(cancellation)))
        .RequireAuthorization(Rights.SeeConnectors)
        .WithSummary("The EDI partners: their profiles and what lies in their folders.")
        .WithTags("Connectors");
}
