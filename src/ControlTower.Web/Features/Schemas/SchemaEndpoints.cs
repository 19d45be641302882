using System.Collections.Frozen;
using System.Reflection;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Schemas;

/// <summary>
/// The JSON Schemas of the open connector, as docs/open-connector/schemas keeps them: <c>GET /schemas</c> lists them,
/// <c>GET /schemas/{file}</c> returns one. Public, like the contract.
/// </summary>
internal static class SchemaEndpoints
{
    private const string Folder = "schemas/";
    private const string SchemaType = "application/schema+json";

    private static readonly FrozenDictionary<string, string> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], name => name, StringComparer.Ordinal);

    public static void MapOpenConnectorSchemas(this WebApplication app)
    {
        var schemas = app.MapGroup("/schemas").AllowAnonymous().WithTags("Schemas");
        schemas.MapGet("", () => TypedResults.Ok(new SchemaList([.. Files.Keys.Order(StringComparer.Ordinal)])));
        schemas.MapGet("/{file}", (string file) => Find(file));
    }

    private static IResult Find(string file) => Files.TryGetValue(file, out var resource)
        ? TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!, SchemaType)
        : Problems.NotFound($"There is no schema {file}; GET /schemas lists them.");
}

/// <param name="Items">File names: <c>tower.{scope}.{milestone}.v1.json</c>, <c>tower.command.{kind}.v1.json</c> and
/// what they share.</param>
internal sealed record SchemaList(IReadOnlyList<string> Items);
