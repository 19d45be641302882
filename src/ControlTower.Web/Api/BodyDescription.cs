using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ControlTower.Web.Api;

/// <summary>
/// Describes the body of an endpoint that reads it by itself. <c>Accepts</c> would describe it too, but it also rejects
/// other content types before the endpoint runs, with the framework's own 415.
/// </summary>
internal static class BodyDescription
{
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint, params string[] contentTypes) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = contentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        });
}
