using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace ControlTower.Web.Api;

/// <summary>Exceptions at the API's edge, each classed once: the caller's fault, the database's absence, or a bug.</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiSetup.IsForMachines(context))
        {
            return false;
        }

        var (status, detail) = Class(exception);
        if (status >= 500)
        {
            log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        }

        context.Response.StatusCode = status;
        var written = new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = status, Detail = detail } };
        return await problems.TryWriteAsync(written);
    }

    private static (int Status, string? Detail) Class(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: System.Text.Json.JsonException json } bad => (bad.StatusCode, JsonSentence(json)),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        OperationCanceledException => (StatusCodes.Status499ClientClosedRequest, null),
        _ when IsDatabaseAway(exception) => (StatusCodes.Status503ServiceUnavailable, null),
        _ => (StatusCodes.Status500InternalServerError, null),
    };

    private static string JsonSentence(System.Text.Json.JsonException json) =>
        json.Path is null or "$" ? "The body is not the JSON that is asked for." : $"The body is not the JSON that is asked for: look at {json.Path}.";

    private static bool IsDatabaseAway(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }
}
