using System.Security.Cryptography;
using ControlTower.Web.Hosting;
using Scalar.AspNetCore;

namespace ControlTower.Web.Api;

/// <summary>The API's description as a page to read and try, at <c>/api/docs</c>. Its script is the tower's own;
/// nothing is fetched from elsewhere.</summary>
internal static class ApiReference
{
    public const string Path = "/api/docs";

    public static void MapTowerApiReference(this WebApplication app) =>
        app.MapScalarApiReference(Path, Configure).AllowAnonymous();

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        // The page starts by an inline script, which the policy allows for this response only.
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWithScript(nonce);
        options.WithNonce(nonce)
            .WithTitle("Control Tower API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .HideClientButton()
            .HideDeveloperTools();
    }
}
