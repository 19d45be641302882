using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Files;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

public class FolderTests
{
    [Fact]
    public async Task A_dropped_file_is_read_answered_and_archived()
    {
        using var partner = new EdiPartner();
        partner.Drop("a.edi", From("QM", Status214));
        var events = await partner.PollAllAsync();
        events.Select(item => item.GetProperty("type").GetString()).ShouldBe([EdiEvent.Interchange, "x12.214.v1"]);
        partner.Files("in").ShouldBeEmpty();
        partner.Files("work").ShouldBeEmpty();
        partner.Files("archive").ShouldHaveSingleItem().ShouldEndWith("-a.edi");
        var answer = partner.Text("out", partner.Files("out").ShouldHaveSingleItem());
        answer.ShouldContain("AK9*A*1*1*1~");
        Validate(Encoding.UTF8.GetBytes(answer)).ShouldHaveSingleItem().Sentences().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_file_is_kept_next_to_the_reason_and_is_an_exception()
    {
        using var partner = new EdiPartner(settings: """{"acknowledge":"997+TA1"}""");
        partner.Drop("bad.edi", Replace(From("QM", Status214), "IEA*1*000000001", "IEA*1*000000002"));
        var refusal = (await partner.PollAllAsync()).ShouldHaveSingleItem();
        partner.Map(refusal).Refusal!.Message.ShouldBe("IEA02 000000002 is not ISA13 000000001.");
        refusal.GetProperty("data").GetProperty("text").GetString()!.ShouldStartWith("ISA*00*");
        var files = partner.Files("refused");
        files.Length.ShouldBe(2);
        partner.Text("refused", files[1]).ShouldBe(
            "Interchange 000000001: refused, nothing of it was taken.\n  IEA02 000000002 is not ISA13 000000001.\n");
        partner.Text("out", partner.Files("out").Single()).ShouldContain("TA1*000000001*261121*0230*R*001~");
    }

    [Fact]
    public async Task Of_a_partly_refused_interchange_the_valid_sets_are_accepted_and_the_others_reported()
    {
        using var partner = new EdiPartner();
        partner.Drop("half.edi", Replace(From("QM", Status214, Status214), "SE*7*0002", "SE*9*0002"));
        (await partner.PollAllAsync()).Select(item => item.GetProperty("type").GetString())
            .ShouldBe([EdiEvent.Interchange, "x12.214.v1", EdiEvent.Refusal]);
        partner.Files("archive").Length.ShouldBe(2, "the file and what was wrong with it");
        partner.Text("out", partner.Files("out").Single()).ShouldContain("AK9*P*2*2*1~");
    }

    [Fact]
    public async Task A_repeated_interchange_has_no_effect_and_another_under_its_number_is_refused()
    {
        using var partner = new EdiPartner();
        partner.Drop("a.edi", From("QM", Status214));
        await partner.PollAllAsync();
        partner.Drop("again.edi", From("QM", Status214));
        (await partner.PollAllAsync()).ShouldBeEmpty();
        partner.Text("archive", partner.Files("archive").Single(name => name.EndsWith("again.edi.reason.txt", StringComparison.Ordinal)))
            .ShouldContain("taken in before");
        partner.Drop("other.edi", Replace(From("QM", Status214), "PRO-1", "PRO-2"));
        var refusal = (await partner.PollAllAsync()).ShouldHaveSingleItem();
        partner.Map(refusal).Refusal!.Message.ShouldContain("used before");
        partner.Files("refused").Length.ShouldBe(2);
        partner.Files("out").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_half_written_file_waits()
    {
        using var partner = new EdiPartner(settings: """{"stableSeconds":10}""");
        var whole = From("QM", Status214);
        partner.Drop("a.edi", whole[..100]);
        partner.Drop("b.edi.part", whole);
        partner.Drop(".c.edi", whole);
        (await partner.PollAllAsync()).ShouldBeEmpty();
        partner.Time.Pass(TimeSpan.FromSeconds(9));
        partner.Drop("a.edi", whole);
        (await partner.PollAllAsync()).ShouldBeEmpty();
        partner.Time.Pass(TimeSpan.FromSeconds(9));
        (await partner.PollAllAsync()).ShouldBeEmpty("it grew nine seconds ago");
        partner.Time.Pass(TimeSpan.FromSeconds(1));
        (await partner.PollAllAsync()).Count.ShouldBe(2);
        partner.Files("in").ShouldBe([".c.edi", "b.edi.part"]);
    }

    [Fact]
    public async Task A_large_file_is_read_in_pages()
    {
        using var partner = new EdiPartner();
        partner.Drop("many.edi", From("QM", [.. Enumerable.Repeat(Status214, 250)]));
        var first = await partner.Channel.PollAsync(null, 100, TestContext.Current.CancellationToken);
        first.Events.Count.ShouldBe(100);
        first.Events.ToList().ForEach(item => partner.Commit(item));
        partner.Open();
        var rest = await partner.PollAllAsync(first.Next, 100);
        rest.Count.ShouldBe(151);
        rest.Select(item => item.GetProperty("id").GetString()).Distinct().Count().ShouldBe(151);
        partner.Files("out").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_step_leaves_one_effect()
    {
        for (var dieAt = 1; ; dieAt++)
        {
            var step = 0;
            var armed = true;
            using var partner = new EdiPartner(beforeStep: name =>
            {
                if (armed && ++step == dieAt)
                {
                    armed = false;
                    throw new OperationCanceledException($"killed before {name}");
                }
            });
            partner.Drop("a.edi", Replace(From("QM", Status214, Status214), "SE*7*0002", "SE*9*0002"));
            var ids = new List<string>();
            string? cursor = null;
            for (var rounds = 0; rounds < 20; rounds++)
            {
                try
                {
                    await partner.Channel.SendAsync(
                        DocumentsOutTests.Command(
                        "update-order-status", "update-order-status:SO-1/1", """{"references":{"order":"SO-1"},"stage":"accepted"}"""),
                        TestContext.Current.CancellationToken);
                    var page = await partner.Channel.PollAsync(cursor, 2, TestContext.Current.CancellationToken);
                    ids.AddRange(page.Events.Select(item => partner.Commit(item).GetProperty("id").GetString()!));
                    cursor = page.Next;
                }
                catch (OperationCanceledException)
                {
                    partner.Open();
                }
            }

            ids.Count.ShouldBe(3, $"died at step {dieAt}");
            ids.Distinct().Count().ShouldBe(3);
            partner.Files("out").Select(name => name[..3]).ShouldBe(["855", "997"]);
            partner.Files("archive").Length.ShouldBe(2);
            partner.Files("work").ShouldBeEmpty();
            partner.Numbers.Last().ShouldBe(2);
            if (armed)
            {
                dieAt.ShouldBeGreaterThan(8, "fewer places to die than there are steps");
                return;
            }
        }
    }

    [Fact]
    public async Task A_repeated_command_is_the_same_file_under_the_same_number()
    {
        using var partner = new EdiPartner();
        var command = DocumentsOutTests.Command("update-order-status", "update-order-status:SO-1/1",
            """{"references":{"order":"SO-1"},"stage":"accepted"}""");
        await partner.Channel.SendAsync(command, TestContext.Current.CancellationToken);
        var name = partner.Files("out").Single();
        var text = partner.Text("out", name);
        File.Delete(Path.Combine(partner.Folder.Sent, name));
        partner.Time.Pass(TimeSpan.FromHours(1));
        partner.Open();
        (await partner.Channel.SendAsync(command, TestContext.Current.CancellationToken)).Outcome.ShouldBe(SendOutcome.Accepted);
        partner.Files("out").ShouldBe([name]);
        partner.Text("out", name).ShouldBe(text);
    }

    [Fact]
    public async Task A_command_that_is_no_longer_wanted_is_not_transferred()
    {
        using var partner = new EdiPartner();
        var command = DocumentsOutTests.Command("update-order-status", "update-order-status:SO-1/1",
            """{"references":{"order":"SO-1"},"stage":"accepted"}""");
        (await partner.Channel.SendAsync(command with { MayWrite = () => false }, TestContext.Current.CancellationToken))
            .Outcome.ShouldBe(SendOutcome.NotSent);
        partner.Files("out").ShouldBeEmpty();
        partner.Files("state").ShouldBe(["control-numbers"]);
    }

    [Fact]
    public async Task Nodes_share_numbers_without_a_gap_and_a_truncated_line_is_replaced()
    {
        using var partner = new EdiPartner();
        var path = Path.Combine(partner.Folder.State, "control-numbers");
        ControlNumbers[] nodes = [partner.Numbers, new(path, 1, TimeProvider.System), new(path, 1, TimeProvider.System)];
        var supplied = await Task.WhenAll(nodes.SelectMany(
            (node, n) => Enumerable.Range(0, 40).Select(i => Task.Run(() => node.For($"key {(n * 20) + i}").Number))));
        supplied.Distinct().Order().ShouldBe(Enumerable.Range(1, 80), "40 keys of each, half of them the neighbour's too");
        await File.AppendAllTextAsync(path, "000000081 17", TestContext.Current.CancellationToken);
        var next = new ControlNumbers(path, 1, TimeProvider.System);
        next.For("one more").Number.ShouldBe(81);
        next.KeyOf(81).ShouldBe("one more");
        new ControlNumbers(path, 1, TimeProvider.System).For("one more").Number.ShouldBe(81);
    }

    [Fact]
    public async Task A_link_is_not_followed_and_an_oversized_file_is_put_aside_unread()
    {
        using var partner = new EdiPartner();
        var secret = Path.Combine(partner.Root, "secret.txt");
        await File.WriteAllTextAsync(secret, "x", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(partner.Folder.In, "link.edi"), secret);
        partner.Drop("huge.edi", new byte[(1024 * 1024) + 1]);
        partner.Map((await partner.PollAllAsync()).ShouldHaveSingleItem()).Refusal!.Message.ShouldContain("at most 1048576 are read");
        partner.Files("in").ShouldBe(["link.edi"]);
        partner.Text("refused", partner.Files("refused")[1]).ShouldContain("at most 1048576 are read");
    }
}
