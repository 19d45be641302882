using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Audit;
using ControlTower.EndToEnd.Tests.Exceptions;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Audit;

public sealed class AuditChainTests : IAsyncLifetime
{
    private CaseTestHost _room = null!;

    private AuditSealer Sealer => _room.Get<AuditSealer>();

    public async ValueTask InitializeAsync() => _room = await CaseTestHost.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task An_unchanged_chain_verifies_as_whole()
    {
        await SealedAsync(30);
        var verdict = await _room.Get<AuditVerifier>().VerifyAsync();
        verdict.Intact.ShouldBeTrue(verdict.Top.Finding);
        verdict.Entries.ShouldBe(await _room.ReadAsync(db => db.Audit.LongCountAsync()));
        (await Sealer.SealNowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_edited_entry_is_found_with_its_sequence()
    {
        await SealedAsync(10);
        await SqlAsync("UPDATE audit_entry SET reason = 'Nothing happened' WHERE chain = 1 AND sequence = 4");
        await BrokenAtAsync(4);
    }

    [Fact]
    public async Task A_removed_entry_is_found()
    {
        await SealedAsync(10);
        await SqlAsync("DELETE FROM audit_entry WHERE chain = 1 AND sequence = 4");
        await BrokenAtAsync(4);
    }

    [Fact]
    public async Task A_removal_that_closes_the_gap_is_found()
    {
        await SealedAsync(10);
        await SqlAsync(
            "DELETE FROM audit_entry WHERE chain = 1 AND sequence = 4; UPDATE audit_entry SET sequence = -sequence WHERE chain = 1 AND "
                + "sequence > 4");
        await SqlAsync("UPDATE audit_entry SET sequence = -sequence - 1 WHERE chain = 1 AND sequence < 0");
        await BrokenAtAsync(4);
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        await SealedAsync(10);
        await SqlAsync("UPDATE audit_entry SET sequence = -1 WHERE chain = 1 AND sequence = 4");
        await SqlAsync("UPDATE audit_entry SET sequence = 4 WHERE chain = 1 AND sequence = 5");
        await SqlAsync("UPDATE audit_entry SET sequence = 5 WHERE chain = 1 AND sequence = -1");
        await BrokenAtAsync(4);
    }

    [Fact]
    public async Task An_inserted_entry_is_found()
    {
        await SealedAsync(10);
        await SqlAsync("""
            INSERT INTO audit_entry (chain, sequence, at, actor, actor_kind, act, object_type, object_key, previous_hash, hash)
            SELECT chain, 11, at, 'mallory', 'person', 'case.resolved', 'case', '1', hash, hash FROM audit_entry WHERE chain = 1 AND sequence = 10
            """);
        await BrokenAtAsync(11);
    }

    [Fact]
    public async Task A_tail_that_was_cut_is_found_by_the_head()
    {
        await SealedAsync(10);
        await SqlAsync("DELETE FROM audit_entry WHERE chain = 1 AND sequence > 7");
        await BrokenAtAsync(8);
    }

    [Fact]
    public async Task A_removed_head_is_found()
    {
        await SealedAsync(10);
        await SqlAsync("DELETE FROM audit_chain_head WHERE chain = 1");
        (await VerifyAsync()).Single(verdict => verdict.Chain == 1).Intact.ShouldBeFalse();
    }

    [Fact]
    public async Task A_chain_that_was_cut_and_given_a_new_head_is_found_by_the_heads_signature()
    {
        TestedDatabase.OnlyPostgreSQL("it forges the top head in PostgreSQL's SQL.");
        await using var signed = await CaseTestHost.OpenAsync(services => services.AddSingleton(new HeadSigner(new byte[32])));
        await WriteAsync(signed, 10);
        await signed.Get<AuditSealer>().SealNowAsync();
        await SqlAsync(signed, "DELETE FROM audit_entry WHERE chain = 1 AND sequence > 7");
        await SqlAsync(signed,
            "UPDATE audit_chain_head SET sequence = 7, hash = (SELECT e.hash FROM audit_entry e WHERE e.chain = 1 AND e.sequence = 7) "
                + "WHERE chain = 1");
        await SqlAsync(signed, """
            UPDATE audit_top_head SET number = number + 1,
                heads = (SELECT string_agg(chain || ':' || sequence || ':' || encode(hash, 'hex'), ';' ORDER BY chain) FROM audit_chain_head)
            """);

        var verdict = await signed.Get<AuditVerifier>().VerifyAsync();

        (verdict.Chains.Single(chain => chain.Chain == 1).Intact, verdict.Top.Intact).ShouldBe((false, false));
        var keyless = await new AuditVerifier(signed.Tower, new HeadSigner(null), new AuditAnchor(null)).VerifyAsync();
        keyless.Intact.ShouldBeTrue("without the key the new heads look right");
    }

    [Fact]
    public async Task Many_sealers_at_once_make_one_chain()
    {
        await WriteAsync(200);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (await Sealer.SealNowAsync() > 0)
            {
            }
        }));

        await Sealer.SealNowAsync();
        (await _room.ReadAsync(db => db.Audit.CountAsync(a => a.Sequence == null))).ShouldBe(0);
        (await VerifyAsync()).ShouldAllBe(verdict => verdict.Intact);
    }

    private async Task SealedAsync(int perChain)
    {
        await WriteAsync(perChain);
        await Sealer.SealNowAsync();
    }

    /// <summary>Entries whose object falls on chain 1, in addition to those of the set-up.</summary>
    private Task WriteAsync(int count) => WriteAsync(_room, count);

    private static async Task WriteAsync(CaseTestHost room, int count)
    {
        await SqlAsync(room, "DELETE FROM audit_entry");
        var key = Enumerable.Range(0, 100).Select(n => $"erp:SO-{n}").First(k => AuditChains.For(k) == 1);
        await room.ChangeAsync(db =>
        {
            for (var i = 0; i < count; i++)
            {
                room.Get<AuditTrail>()
                    .Add(
                        db, Actor.Tower, "command.wanted", "command", $"c-{i}", key, i % 2 == 0 ? null : "Because", null, $"{{\"n\":{i}}}");
            }
        });
    }

    private async Task<IReadOnlyList<ChainVerdict>> VerifyAsync() => (await _room.Get<AuditVerifier>().VerifyAsync()).Chains;

    private async Task BrokenAtAsync(long sequence)
    {
        var verdict = (await VerifyAsync()).Single(v => v.Chain == 1);
        verdict.Intact.ShouldBeFalse();
        verdict.FirstBroken.ShouldBe(sequence, verdict.Finding);
    }

    private Task<int> SqlAsync(string sql) => SqlAsync(_room, sql);

    private static Task<int> SqlAsync(CaseTestHost room, string sql) => room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
