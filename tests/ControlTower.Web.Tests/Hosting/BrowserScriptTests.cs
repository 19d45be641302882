namespace ControlTower.Web.Tests.Hosting;

public sealed class BrowserScriptTests
{
    [Fact]
    public void The_build_contains_the_browser_script_that_the_SDK_requires()
    {
        // The SDK adds it by a package that no project names, so the build does not fail when it is missing.
        var assets = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ControlTower.Web.staticwebassets.endpoints.json"));
        assets.ShouldContain("\"_framework/blazor.web.js\"");
    }
}
