using ControlTower.Core.Connectors.Registering;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>Registers the systems of the sandbox's landscape, through the same checks as the API.</summary>
internal static class ConnectorSeed
{
    /// <exception cref="StartupException">A registration is not accepted; the sentences name connector and field.</exception>
    public static async Task SeedAsync(IServiceProvider services, LandscapeFile? landscape)
    {
        if (landscape is null)
        {
            return;
        }

        var errors = await services.GetRequiredService<ConnectorSetup>().ApplyAsync(landscape.Connectors);
        if (errors.Count > 0)
        {
            throw new StartupException(errors);
        }
    }
}
