using System.Security.Claims;
using ControlTower.Core.Kernel;
using Microsoft.AspNetCore.Components.Authorization;

namespace ControlTower.Web.Identity;

/// <summary>In a request of the API the middleware has set the principal; in a page it is the circuit's, which is revalidated.</summary>
internal sealed class CurrentActor(IServiceProvider services) : ICurrentActor
{
    /// <summary>Who makes this request; null inside a page.</summary>
    public ClaimsPrincipal? Request { get; set; }

    public async ValueTask<Actor> GetAsync()
    {
        var principal = Request
            ?? (await services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
        return principal.ToActor() ?? throw new InvalidOperationException("Nobody is signed in.");
    }
}
