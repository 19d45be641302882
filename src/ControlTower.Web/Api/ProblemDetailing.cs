using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Api;

/// <summary>The members of every problem: a title, a sentence on what to do, the path, the trace.</summary>
internal static class ProblemDetailing
{
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        problem.Status = status;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= DetailOf(status);
        problem.Instance ??= context.HttpContext.Request.Path;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
    }

    private static string? DetailOf(int status) => status switch
    {
        400 => "The request cannot be read: check its parameters and its body.",
        401 => "Sign in, or send Authorization: Bearer with a valid API key.",
        403 => "You are signed in, but this is not yours to do.",
        404 => "There is nothing here, or nothing that you may see.",
        405 => "This path does not take that method.",
        409 => "Somebody else was faster: read it again and decide again.",
        413 => "The body is too large.",
        415 => "Send application/json.",
        422 => "The request is well formed but its content is not valid.",
        429 => "Too many requests: wait as long as Retry-After states.",
        500 => "The tower failed; the log has the trace id.",
        503 => "The tower cannot reach its database at the moment: try again.",
        _ => null,
    };
}
