using System.Globalization;
using ControlTower.Core.Audit;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Audit;

/// <summary>The engine seals its entries as it writes them, wherever nobody has to wait for that.</summary>
public sealed class SealingAheadTests : IAsyncLifetime
{
    private const int Orders = 12;
    private EngineTestHost _room = null!;

    /// <summary>Every chain has its head.</summary>
    public async ValueTask InitializeAsync()
    {
        _room = await EngineTestHost.OpenAsync();
        await SayAsync(1);
        await _room.Get<AuditSealer>().SealNowAsync();
        (await _room.ReadAsync(db => db.AuditHeads.CountAsync())).ShouldBe(AuditChains.Count);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Entries_of_a_cycle_are_sealed_by_its_commit()
    {
        TestedDatabase.OnlyPostgreSQL("on SQL Server all entries wait for the sealer.");
        var before = await CountAsync();

        await SayAsync(2);

        (await CountAsync()).ShouldBe(before + (2 * Orders), "each order's command is withdrawn and another one wanted");
        (await UnsealedAsync()).ShouldBe(0);
        await IsWholeAsync();
    }

    [Fact]
    public async Task A_chain_whose_head_is_locked_is_left_to_the_sealer_without_waiting()
    {
        TestedDatabase.OnlyPostgreSQL("on SQL Server all entries wait for the sealer.");
        await using (var other = _room.Tower.CreateDbContext())
        {
            await using var held = await other.Database.BeginTransactionAsync();
            await other.Database.ExecuteSqlRawAsync(TestedDatabase.Locking("audit_chain_head", "chain = 1"));

            await SayAsync(2);

            (await UnsealedAsync()).ShouldBeGreaterThan(0);
            (await _room.ReadAsync(db => db.Audit.Where(a => a.Sequence == null).Select(a => a.Chain).Distinct().ToListAsync()))
                .ShouldBe([(short)1]);
        }

        await _room.Get<AuditSealer>().SealNowAsync();
        await IsWholeAsync();
    }

    [Fact]
    public async Task Nothing_overtakes_an_entry_that_waits_for_the_sealer()
    {
        await _room.ReadAsync(async db =>
        {
            for (short chain = 0; chain < AuditChains.Count; chain++)
            {
                db.Audit.Add(new AuditEntry { Chain = chain, At = _room.Clock.GetUtcNow(), Actor = "ann", ActorKind = "person",
                    Act = "case.resolved", ObjectType = "case", ObjectKey = "1" });
            }

            return await db.SaveChangesAsync();
        });

        await SayAsync(2);
        await _room.Get<AuditSealer>().SealNowAsync();

        var order = await _room.ReadAsync(db =>
            db.Audit.OrderBy(a => a.Chain).ThenBy(a => a.Sequence).Select(a => new { a.Chain, a.Id }).ToListAsync());
        order.ShouldBe(order.OrderBy(a => a.Chain).ThenBy(a => a.Id));
        await IsWholeAsync();
    }

    /// <summary>Every order, once more with another quantity.</summary>
    private Task SayAsync(int sequence) => _room.SayAsync("erp", [.. Enumerable.Range(1, Orders).Select(n => Events.Order(
        string.Create(CultureInfo.InvariantCulture, $"SO-{n}"), sequence: sequence,
        milestone: sequence == 1 ? "order.accepted" : "order.changed", quantity: sequence))]);

    private Task<int> CountAsync() => _room.ReadAsync(db => db.Audit.CountAsync());

    private Task<int> UnsealedAsync() => _room.ReadAsync(db => db.Audit.CountAsync(a => a.Sequence == null));

    private async Task IsWholeAsync()
    {
        var verdict = await _room.Get<AuditVerifier>().VerifyAsync();
        verdict.Chains.ShouldAllBe(chain => chain.Intact);
        verdict.Top.Intact.ShouldBeTrue(verdict.Top.Finding);
        verdict.Entries.ShouldBe(await CountAsync());
    }
}
