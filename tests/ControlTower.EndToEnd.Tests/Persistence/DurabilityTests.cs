using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Engine;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>
/// The tower does not start on a server that can lose confirmed commits. The tests' own cluster is such a server.
/// </summary>
public class DurabilityTests
{
    [Fact]
    public async Task A_server_without_fsync_is_refused_with_what_to_do()
    {
        await using var room = await EngineTestHost.OpenAsync();

        var fault = (await room.Get<DatabaseSettingsCheck>().ErrorsAsync()).ShouldHaveSingleItem();

        fault.ShouldContain("fsync");
        fault.ShouldContain("Database:AllowUnsafeDurability");
    }

    [Fact]
    public async Task The_development_switch_allows_it()
    {
        await using var room = await EngineTestHost.OpenAsync(null, ("Database:AllowUnsafeDurability", "true"));

        (await room.Get<DatabaseSettingsCheck>().ErrorsAsync()).ShouldBeEmpty();
    }
}
