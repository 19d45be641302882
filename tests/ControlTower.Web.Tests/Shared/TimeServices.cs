using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Shared;

/// <summary>What every shown time needs: the clocks, and the zones of the sites, of which there are none.</summary>
internal static class TimeServices
{
    public static void AddTimes(this IServiceCollection services)
    {
        var topology = Substitute.For<ISystemTopologyStore>();
        topology.Current.Returns(SystemTopology.Empty);
        services.AddSingleton(topology);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(TowerClocks.RealTime(TimeProvider.System));
    }
}
