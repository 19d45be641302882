using ControlTower.Core.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlTower.Web.Api;

/// <summary>Refusals and errors as <c>application/problem+json</c> (RFC 9457).</summary>
public static class Problems
{
    /// <summary>
    /// A refusal of Core as the API returns it: forbidden 403, not-found 404, conflict 409, invalid 422.
    /// </summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => From(StatusOf(refusal), refusal.Message, refusal.Code);

    /// <param name="detail">One sentence on what is wrong and what to do.</param>
    /// <param name="code">A code for programs.</param>
    public static ProblemHttpResult From(int status, string detail, string? code = null) => TypedResults.Problem(
        detail,
        statusCode: status,
        extensions: code is null ? null : new Dictionary<string, object?> { ["code"] = code });

    public static ProblemHttpResult NotFound(string what) => From(StatusCodes.Status404NotFound, what, "not-found");

    public static ProblemHttpResult Invalid(string what) => From(StatusCodes.Status422UnprocessableEntity, what, "invalid");

    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "forbidden" => StatusCodes.Status403Forbidden,
        "not-found" => StatusCodes.Status404NotFound,
        "conflict" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
