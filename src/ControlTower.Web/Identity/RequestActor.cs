using ControlTower.Web.Api;

namespace ControlTower.Web.Identity;

/// <summary>Sets the caller of an API request in <see cref="CurrentActor"/>; pages use their circuit.</summary>
internal sealed class RequestActor(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, CurrentActor actor)
    {
        if (ApiRegistration.IsForMachines(context))
        {
            actor.Request = context.User;
        }

        return next(context);
    }
}
