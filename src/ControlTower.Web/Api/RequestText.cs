using System.Text;
using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Api;

/// <summary>
/// Refuses requests with unreadable text: a zero character in the query, or a charset that does not exist. One in the
/// path is refused by the server itself.
/// </summary>
internal sealed class RequestText(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        ErrorOf(context.Request) is { } error ? RefuseAsync(context, error) : next(context);

    /// <summary>A sentence for people too: an error page instead would first ask to sign in.</summary>
    private static Task RefuseAsync(HttpContext context, string error)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return ApiRegistration.IsForMachines(context)
            ? Problems.From(StatusCodes.Status400BadRequest, error, "bad-request").ExecuteAsync(context)
            : context.Response.WriteAsync(error, context.RequestAborted);
    }

    private static string? ErrorOf(HttpRequest request) =>
        request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? "The address has a zero character (%00); leave it out."
        : UnknownCharset(request.ContentType) is { } charset ? $"charset: '{charset}' is not known; send UTF-8."
        : null;

    private static string? UnknownCharset(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue)
        {
            return null;
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        try
        {
            _ = Encoding.GetEncoding(charset);
            return null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return charset;
        }
    }
}
