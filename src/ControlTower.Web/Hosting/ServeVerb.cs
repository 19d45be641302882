using ControlTower.Web.Hosting.Setup;

namespace ControlTower.Web.Hosting;

/// <summary>Serves pages and API until it is told to stop.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = TowerHost.Build(VerbOptions.Parse(args).Rest);
        await DatabaseReadiness.ThrowUnlessReadyAsync(app.Services);
        await app.RunAsync();
        return 0;
    }
}
