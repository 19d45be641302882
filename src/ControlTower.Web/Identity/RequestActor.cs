using ControlTower.Web.Api;

namespace ControlTower.Web.Identity;

/// <summary>Tells <see cref="CurrentActor"/> who makes a request of the API; pages ask their circuit.</summary>
internal sealed class RequestActor(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, CurrentActor actor)
    {
        if (ApiSetup.IsForMachines(context))
        {
            actor.Request = context.User;
        }

        return next(context);
    }
}
