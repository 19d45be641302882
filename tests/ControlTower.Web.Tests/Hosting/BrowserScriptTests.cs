namespace ControlTower.Web.Tests.Hosting;

public sealed class BrowserScriptTests
{
    [Fact]
    public void The_build_brings_the_browser_script_that_the_SDK_is_made_for()
    {
        // The SDK adds it by a package that no project names, so that leaving it out is no error of the build.
        var assets = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ControlTower.Web.staticwebassets.endpoints.json"));
        assets.ShouldContain("\"_framework/blazor.web.js\"");
    }
}
