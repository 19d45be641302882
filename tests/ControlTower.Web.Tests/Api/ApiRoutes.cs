using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ControlTower.Web.Tests.Api;

/// <param name="Path">With its parameters in braces.</param>
/// <param name="Query">Names of its query's parameters.</param>
/// <param name="Fields">Names of its body's members.</param>
internal sealed record ApiRoute(string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Fields);

/// <summary>The routes of a running tower, with the names in its description.</summary>
internal sealed partial class ApiRoutes(EndpointDataSource endpoints, JsonElement description)
{
    public IEnumerable<ApiRoute> All() =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.StartsWith("/api/v1/", StringComparison.Ordinal) || path.StartsWith("/schemas", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        let operation = Operation(path, method)
        select new ApiRoute(method, path, Query(operation), Fields(operation));

    private JsonElement? Operation(string path, string method) =>
        description.GetProperty("paths").TryGetProperty(Constraint().Replace(path, "}").TrimEnd('/'), out var about)
            && about.TryGetProperty(method.ToLowerInvariant(), out var operation) ? operation : null;

    private static List<string> Query(JsonElement? operation) =>
        operation is { } described && described.TryGetProperty("parameters", out var all)
        ? [.. from one in all.EnumerateArray() where one.GetProperty("in").GetString() == "query" select one.GetProperty("name")
            .GetString()!]
        : [];

    private List<string> Fields(JsonElement? operation) =>
        operation is { } described && described.TryGetProperty("requestBody", out var body)
            && Reference().Match(body.GetRawText()) is { Success: true } name
            ? [.. description.GetProperty("components")
                .GetProperty("schemas")
                .GetProperty(name.Groups[1].Value)
                .GetProperty("properties")
                .EnumerateObject().Select(one => one.Name)]
            : [];

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    [GeneratedRegex("#/components/schemas/([A-Za-z]+)")]
    private static partial Regex Reference();
}
