using ControlTower.Core.Connectors;
using ControlTower.Integrations.Edi.Exchange;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Documents that we send are acknowledged by 997 in the agreed time, or reported (I5).</summary>
public class AcknowledgementMonitorTests
{
    private static readonly string[] Taken = ["997", "AK1*OW*1", "AK2*940*0001", "AK5*A", "AK9*A*1*1*1"];
    private static readonly string[] Refused = ["997", "AK1*OW*1", "AK2*940*0001", "AK5*R*5", "AK9*R*1*1*0"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interchange_without_answer_in_time_is_reported_until_its_997_comes_whatever_it_answers(bool accepts)
    {
        using var partner = new EdiPartner();
        await SendAsync(partner, 1);
        await PassAsync(partner, TimeSpan.FromHours(24));
        partner.Missing.ShouldBeEmpty("a file of the last minute has its fair chance");

        await PassAsync(partner, TimeSpan.FromMinutes(1));
        var missing = partner.Missing.ShouldHaveSingleItem();
        (missing.CaseKey, missing.CommandKey).ShouldBe(("edi:partner:997:000000001", "release-fulfilment:SO-1:WH1/1"));
        missing.Sentence.ShouldBe(
            "Interchange 1 for release-fulfilment:SO-1:WH1/1 was handed over on 2026-03-02 08:00 UTC, and no 997 came within 24 hours.");

        partner.Drop("a.edi", From("FA", accepts ? Taken : Refused));
        await partner.PollAllAsync();
        partner.Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interchange_answered_in_time_is_never_reported_and_another_process_knows_the_answer()
    {
        using var partner = new EdiPartner();
        await SendAsync(partner, 1);
        await SendAsync(partner, 2);
        partner.Drop("a.edi", From("FA", Taken));
        await partner.PollAllAsync();

        partner.Open();
        await PassAsync(partner, TimeSpan.FromHours(25));
        partner.Missing.ShouldHaveSingleItem().CaseKey.ShouldBe("edi:partner:997:000000002");
    }

    [Theory]
    [InlineData("R", 0)]
    [InlineData("A", 1)]
    public async Task An_interchange_that_a_TA1_refuses_is_answered_and_one_that_it_accepts_still_needs_a_997(string result, int missing)
    {
        using var partner = new EdiPartner();
        await SendAsync(partner, 1);
        partner.Drop("a.edi", Answer($"TA1*000000001*261121*0800*{result}*000"));
        await partner.PollAllAsync();
        await PassAsync(partner, TimeSpan.FromHours(25));
        partner.Missing.Count.ShouldBe(missing);
    }

    [Fact]
    public async Task Our_own_answers_and_untransferred_documents_need_no_answer()
    {
        using var partner = new EdiPartner();
        partner.Drop("a.edi", From("QM", Status214));
        await partner.PollAllAsync();
        (await SendAsync(partner, 1, item: "A*1")).Outcome.ShouldBe(SendOutcome.Rejected);
        (await SendAsync(partner, 2, mayWrite: () => false)).Outcome.ShouldBe(SendOutcome.NotSent);
        partner.Numbers.Last().ShouldBe(3);
        await PassAsync(partner, TimeSpan.FromHours(25));
        partner.Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partner_without_acknowledgements_is_not_waited_for()
    {
        using var partner = new EdiPartner(settings: """{"acknowledgedWithinHours":0}""");
        await SendAsync(partner, 1);
        await PassAsync(partner, TimeSpan.FromDays(30));
        partner.Missing.ShouldBeEmpty();
    }

    private static async Task PassAsync(EdiPartner partner, TimeSpan time)
    {
        partner.Time.Pass(time);
        await partner.PollAllAsync();
    }

    private static Task<SendResult> SendAsync(EdiPartner partner, int order, string item = "A-1", Func<bool>? mayWrite = null) =>
        partner.Channel.SendAsync(
        DocumentsOutTests.Command("release-fulfilment", $"release-fulfilment:SO-{order}:WH1/1", $$"""
            {"references":{"order":"SO-{{order}}"},"site":"WH1","lines":[{"line":"1","item":"{{item}}","quantity":5,"unit":"EA"}]}
            """) with { MayWrite = mayWrite },
        TestContext.Current.CancellationToken);
}
