using ControlTower.Integrations.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Integrations.Stripe;

/// <summary>Registers kind <c>stripe</c>.</summary>
public static class StripeRegistration
{
    public static IServiceCollection AddStripe(this IServiceCollection services, IConfiguration configuration) =>
        services.AddHttpKind<StripeKind>(configuration);
}
