using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.Web.Hosting;

/// <summary>The database as configured, for pages and sign-in.</summary>
internal static class DatabaseSetup
{
    public static void AddTowerDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => TowerClocks.RealTime(provider.GetRequiredService<TimeProvider>()));
        var connection = configuration.GetConnectionString("ControlTower") ?? "";
        services.AddDbContextFactory<PostgresTowerDbContext>(options => options.UseNpgsql(connection));
        services.TryAddSingleton<IDbContextFactory<TowerDbContext>>(provider =>
            new Factory(provider.GetRequiredService<IDbContextFactory<PostgresTowerDbContext>>()));
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<TowerDbContext>>().CreateDbContext());
    }

    private sealed class Factory(IDbContextFactory<PostgresTowerDbContext> inner) : IDbContextFactory<TowerDbContext>
    {
        public TowerDbContext CreateDbContext() => inner.CreateDbContext();
    }
}
