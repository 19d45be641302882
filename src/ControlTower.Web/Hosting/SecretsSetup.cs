namespace ControlTower.Web.Hosting;

internal static class SecretsSetup
{
    public static void AddTowerSecrets(this IServiceCollection services, IConfiguration configuration)
    {
    }
}
