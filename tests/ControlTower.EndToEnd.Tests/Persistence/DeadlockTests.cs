using ControlTower.Core.Administration;
using ControlTower.Core.Audit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Policies;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>
/// A change of policies or modes updates all open transactions: on SQL Server a deadlock can roll it back.
/// </summary>
public sealed class DeadlockTests
{
    private const int Deadlock = 1205;

    [Fact]
    public async Task A_change_of_policy_that_a_deadlock_rolled_back_is_repeated()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var policies = new PolicyChanges(
            new UndoneOnce(room.Tower, Deadlock), room.Get<IPolicyStore>(), room.Get<TowerClocks>(), room.Get<AuditTrail>());

        await policies.ChangeAsync(new BillingTriggerPolicy { RequirePickUp = false }, Actor.Tower, "Agreed with sales");

        (await room.ReadAsync(db => db.Policies.CountAsync(p => p.Name == PolicyStore.BillingTrigger))).ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_modes_that_a_deadlock_rolled_back_is_repeated()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var modes = new ConnectorModes(
            new UndoneOnce(room.Tower, Deadlock), room.Get<ISystemTopologyStore>(), room.Get<AuditTrail>(), room.Get<TowerClocks>());

        await modes.ReplaceAsync([new CommandModeRule(CommandKinds.TenderShipment, null, null, CommandMode.Native)], CaseTestHost.Admin);

        (await room.ReadAsync(db => db.CommandModes.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_policy_that_another_one_overtook_is_refused()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var policies = new PolicyChanges(
            new UndoneOnce(room.Tower, 2601), room.Get<IPolicyStore>(), room.Get<TowerClocks>(), room.Get<AuditTrail>());

        await Should.ThrowAsync<DbUpdateException>(
            () => policies.ChangeAsync(new BillingTriggerPolicy { RequirePickUp = false }, Actor.Tower, "Agreed with sales"));
    }

    /// <summary>A database whose first unit of work ends with this error.</summary>
    private sealed class UndoneOnce(ITowerDb inner, int number) : ITowerDb
    {
        private int _count;

        public DatabaseProvider Provider => inner.Provider;

        public IStatements Statements => inner.Statements;

        public TowerDbContext CreateDbContext() => Interlocked.Increment(ref _count) == 1
            ? throw new DbUpdateException("Saving failed.", SqlServerError.Create(number, 13))
            : inner.CreateDbContext();
    }
}
