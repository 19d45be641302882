using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Testing;
using ControlTower.Web.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>
/// Makes an API key on a tower's database as <c>print-api-key</c> does, without starting a process;
/// <c>Launcher/RunTests</c> tests the program.
/// </summary>
internal sealed class MadeKey(string connectionString) : ITowerDb
{
    public static async Task<string> OfAsync(string connectionString, string role)
    {
        var clocks = TowerClocks.RealTime(TimeProvider.System);
        var store = new ApiKeyStore(new MadeKey(connectionString), clocks, new AuditTrail(clocks), NullLogger<ApiKeyStore>.Instance);
        return (await store.CreateAsync($"{role} (test)", role, [], [], Actor.Tower, TestContext.Current.CancellationToken)).Secret;
    }

    public DatabaseProvider Provider => TestedDatabase.Provider;

    public IStatements Statements => throw new NotSupportedException("A key needs none of them.");

    public TowerDbContext CreateDbContext() => TestedDatabase.Open(connectionString);
}
