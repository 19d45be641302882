using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Api;

/// <summary>
/// A cookie is also sent with requests that another site's page makes; a key is not. So a changing request with a
/// cookie must come from our own pages, or from no page at all: browsers state it in Sec-Fetch-Site, older ones in
/// Origin.
/// </summary>
internal sealed class SameSiteFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsForged(context.HttpContext)
            ? ValueTask.FromResult<object?>(Problems.From(
                StatusCodes.Status403Forbidden, "This request came from another site's page.", "forbidden"))
            : next(context);

    private static bool IsForged(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || context.User.FindFirst(TowerClaims.Kind)?.Value == Actor.Key)
        {
            return false;
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }

        return request.Headers[HeaderNames.Origin].ToString() is { Length: > 0 } origin
            && origin != $"{request.Scheme}://{request.Host}";
    }
}
