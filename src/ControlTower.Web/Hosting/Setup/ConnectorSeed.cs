namespace ControlTower.Web.Hosting.Setup;

/// <summary>Registers the systems of the landscape that are not registered yet.</summary>
internal static class ConnectorSeed
{
    public static Task SeedAsync(IServiceProvider services, LandscapeFile? landscape) => Task.CompletedTask;
}
