using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Audit;
using ControlTower.EndToEnd.Tests.Exceptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Audit;

/// <summary>
/// Tampering by a person who has the whole database but neither master key nor data folder, and the findings of the
/// verification.
/// </summary>
public sealed class TopHeadTests : IAsyncLifetime
{
    private readonly string _anchor = Path.Combine(Path.GetTempPath(), $"audit-head-{Guid.NewGuid():N}");
    private CaseTestHost _room = null!;

    /// <summary>Without the entries of the set-up.</summary>
    public async ValueTask InitializeAsync()
    {
        _room = await CaseTestHost.OpenAsync(services => services
            .AddSingleton(new HeadSigner(new byte[32])).AddSingleton(new AuditAnchor(_anchor)));
        await SqlAsync("DELETE FROM audit_entry");
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        File.Delete(_anchor);
    }

    [Fact]
    public async Task The_number_rises_with_each_sealing_and_not_while_nothing_is_sealed()
    {
        await SealAsync(3);
        var first = (await VerifyAsync()).Top;
        await Sealer.SealNowAsync();
        (await VerifyAsync()).Top.Number.ShouldBe(first.Number);
        await SealAsync(1);

        var second = await VerifyAsync();

        second.Intact.ShouldBeTrue(second.Top.Finding);
        second.Chains.Select(chain => chain.Chain).ShouldBe(AuditChains.All);
        (second.Top.Number, second.Top.Anchored).ShouldBe((first.Number + 1, first.Number + 1));
        (await File.ReadAllTextAsync(_anchor)).ShouldBe($"{second.Top.Number} {second.Top.Signature}\n");
    }

    [Fact]
    public async Task All_chains_that_were_deleted_are_found_also_after_more_was_sealed()
    {
        await SealAsync(5);
        await SqlAsync("DELETE FROM audit_entry; DELETE FROM audit_chain_head");
        await FoundAsync("The chain is missing: its head and all its entries.");

        await SealAsync(5);

        var verdict = await VerifyAsync();
        verdict.Chains.ShouldAllBe(chain => !chain.Intact);
    }

    [Fact]
    public async Task All_chains_deleted_with_the_top_head_reset_to_a_new_databases_are_found_by_the_anchor()
    {
        await SealAsync(5);
        await SqlAsync($"DELETE FROM audit_entry; DELETE FROM audit_chain_head; {ResetTop}");
        await SealAsync(5);

        var top = (await VerifyAsync()).Top;

        (top.Intact, top.Number).ShouldBe((false, 0));
        top.Finding.ShouldContain("an older state was put back");
    }

    [Fact]
    public async Task An_older_genuine_head_of_a_chain_is_found_also_after_more_was_sealed()
    {
        await SealAsync(5);
        await SqlAsync("CREATE TABLE old_head AS SELECT * FROM audit_chain_head WHERE chain = 1");
        await SealAsync(5);
        await SqlAsync("DELETE FROM audit_chain_head WHERE chain = 1; INSERT INTO audit_chain_head SELECT * FROM old_head");
        await SqlAsync("DELETE FROM audit_entry WHERE chain = 1 AND sequence > 5");
        await FoundAsync("has an older head of 5 entries: the top head covers 10");

        await SealAsync(20);

        await FoundAsync("the chain was written anew");
    }

    [Fact]
    public async Task An_older_genuine_state_of_chains_and_top_head_is_found_by_the_anchor_and_accepted_once_it_is_removed()
    {
        await SealAsync(5);
        await SqlAsync("CREATE TABLE old_head AS SELECT * FROM audit_chain_head; CREATE TABLE old_top AS SELECT * FROM audit_top_head");
        await SealAsync(5);
        await SqlAsync("DELETE FROM audit_chain_head; INSERT INTO audit_chain_head SELECT * FROM old_head");
        await SqlAsync("DELETE FROM audit_entry WHERE chain = 1 AND sequence > 5");
        await SqlAsync("DELETE FROM audit_top_head; INSERT INTO audit_top_head SELECT * FROM old_top");
        await SealAsync(1);

        var verdict = await VerifyAsync();
        verdict.Chains.ShouldAllBe(chain => chain.Intact, "all of it is genuine");
        (verdict.Top.Intact, verdict.Top.Number, verdict.Top.Anchored).ShouldBe((false, 1, 2));

        File.Delete(_anchor);
        await Sealer.SealNowAsync();
        (await VerifyAsync()).Intact.ShouldBeTrue("an operator accepted the restored state");
    }

    [Fact]
    public async Task A_missing_top_head_is_found_and_not_made_again()
    {
        await SealAsync(5);
        await SqlAsync("DELETE FROM audit_top_head");
        await SealAsync(5);

        var top = (await VerifyAsync()).Top;

        (top.Intact, top.Finding).ShouldBe((false, "The top head is missing."));
    }

    [Fact]
    public async Task An_anchor_with_other_content_is_reported()
    {
        await SealAsync(5);
        await File.WriteAllTextAsync(_anchor, "nothing");

        (await VerifyAsync()).Top.Finding.ShouldStartWith("The anchor cannot be read: ");
    }

    [Fact]
    public async Task Chains_that_were_sealed_before_there_was_a_top_head_are_covered_by_the_first_one()
    {
        await SealAsync(5);
        await SqlAsync($"DELETE FROM audit_chain_head WHERE sequence = 0; {ResetTop}");
        File.Delete(_anchor);
        (await VerifyAsync()).Top.Intact.ShouldBeFalse("nothing covers the entries yet");

        await Sealer.SealNowAsync();

        var verdict = await VerifyAsync();
        (verdict.Intact, verdict.Top.Number, verdict.Chains.Count).ShouldBe((true, 1, AuditChains.Count), verdict.Top.Finding);
    }

    private const string ResetTop = "UPDATE audit_top_head SET number = 0, heads = '', signature = NULL";

    private AuditSealer Sealer => _room.Get<AuditSealer>();

    private Task<AuditVerdict> VerifyAsync() => _room.Get<AuditVerifier>().VerifyAsync();

    private async Task FoundAsync(string finding) =>
        (await VerifyAsync()).Chains.Single(chain => chain.Chain == 1).Finding.ShouldContain(finding);

    /// <summary>Entries of chain 1.</summary>
    private async Task SealAsync(int count)
    {
        var key = Enumerable.Range(0, 100).Select(n => $"erp:SO-{n}").First(k => AuditChains.For(k) == 1);
        await _room.ChangeAsync(db =>
        {
            for (var i = 0; i < count; i++)
            {
                _room.Get<AuditTrail>().Add(db, Actor.Tower, "command.wanted", "command", $"c-{i}", key);
            }
        });
        await Sealer.SealNowAsync();
    }

    private Task<int> SqlAsync(string sql) => _room.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
