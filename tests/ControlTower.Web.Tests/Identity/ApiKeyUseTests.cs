using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.People;
using ControlTower.Web.Identity;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ControlTower.Web.Tests.Identity;

[Collection(nameof(TowerServerCollection))]
public sealed class ApiKeyUseTests(TowerServer tower)
{
    private IServiceProvider Services => tower.App.Services;

    /// <summary>
    /// A statement fails with the driver's exception, or with that inside the framework's advice to repeat.
    /// </summary>
    public static TheoryData<Exception> Faults =>
        [LostConnections.Fault, new InvalidOperationException("Likely due to a transient failure.", LostConnections.Fault)];

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_key_is_accepted_although_its_use_cannot_be_recorded(Exception fault)
    {
        var db = Services.GetRequiredService<ITowerDb>();
        var (key, secret) = await Store(db).CreateAsync("reports", TowerRoles.Auditor, [], [], Actor.Tower, default);

        var found = await Store(new LostConnections(db, fault)).FindAsync(secret, default);

        found.ShouldNotBeNull().Id.ShouldBe(key.Id);
    }

    private ApiKeyStore Store(ITowerDb db) =>
        new(db, Services.GetRequiredService<TowerClocks>(), Services.GetRequiredService<AuditTrail>(), NullLogger<ApiKeyStore>.Instance);
}
