using ControlTower.Core.Audit;
using ControlTower.Core.Identity;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using ControlTower.Web.Identity;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ControlTower.Web.Tests.Identity;

[Collection(nameof(TowerServerCollection))]
public sealed class ApiKeyUseTests(TowerServer tower)
{
    private IServiceProvider Services => tower.App.Services;

    [Fact]
    public async Task A_key_whose_use_cannot_be_noted_is_still_good()
    {
        var db = Services.GetRequiredService<ITowerDb>();
        var (key, secret) = await Store(db).CreateAsync("reports", TowerRoles.Auditor, [], [], Actor.Tower, default);

        var found = await Store(new DeadWork(db)).FindAsync(secret, default);

        found.ShouldNotBeNull().Id.ShouldBe(key.Id);
    }

    private ApiKeyStore Store(ITowerDb db) => new(db, Services.GetRequiredService<TowerClocks>(), Services.GetRequiredService<AuditTrail>(), NullLogger<ApiKeyStore>.Instance);

    /// <summary>A database whose working connections are gone, while reads are repeated.</summary>
    private sealed class DeadWork(ITowerDb inner) : ITowerDb
    {
        public DatabaseProvider Provider => inner.Provider;

        public IStatements Statements => inner.Statements;

        public TowerDbContext CreateReader() => inner.CreateReader();

        public TowerDbContext CreateDbContext() => throw new NpgsqlException("The connection is gone.");
    }
}
