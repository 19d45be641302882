using System.Text.Json;
using System.Text.RegularExpressions;
using ControlTower.Core.Persistence;
using Microsoft.AspNetCore.Diagnostics;

namespace ControlTower.Web.Api;

/// <summary>
/// Exceptions at the API's edge, each classified once: the caller's error, an unreachable database, or a bug.
/// </summary>
internal sealed partial class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiRegistration.IsForMachines(context))
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
        BadHttpRequestException { InnerException: JsonException json } bad => (bad.StatusCode, JsonSentence(json)),
        BadHttpRequestException bad => (bad.StatusCode, WithoutTypeNames(bad.Message)),
        OperationCanceledException => (StatusCodes.Status499ClientClosedRequest, null),
        _ when TransientErrors.IsTransient(exception) => (StatusCodes.Status503ServiceUnavailable, null),
        _ => (StatusCodes.Status500InternalServerError, null),
    };

    // The framework names its types: Failed to bind parameter "Nullable<int> Limit" from "abc".
    private static string WithoutTypeNames(string message) => BindError().Match(message) is { Success: true } match
        ? $"{JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)}: '{match.Groups["value"].Value}' is not a valid value."
        : message.StartsWith("Required parameter", StringComparison.Ordinal)
            || message.StartsWith("Implicit body", StringComparison.Ordinal)
            ? "A parameter or the body is missing."
            : message;

    [GeneratedRegex("""^Failed to bind parameter ".* (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex BindError();

    private static string JsonSentence(JsonException json) =>
        json.Path is null or "$" ? "The body is not the expected JSON." : $"The body is not the expected JSON: look at {json.Path}.";
}
